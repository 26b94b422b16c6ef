import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { useDeskItem } from "../../../../data/use-desk-item.ts";
import { useLive } from "../../../../data/use-live.ts";
import { DiscardConfirm } from "../../../../ui/discard-confirm.tsx";
import { FailureNotice } from "../../../../ui/failure-notice.tsx";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { useActionName } from "./action-name.ts";
import classes from "./waiting.module.css";

/** What the server refused of this record: what, why, what helps; send again or discard. */
export const Refused = ({ targetId }: { targetId: string }) => {
  const { t } = useTranslation("work");
  const desk = useLive((c, signal) => c.desk.watch(undefined, { signal }), []);
  const items =
    desk.state === "live" ? desk.value.filter((item) => item.intent.target.id === targetId) : [];
  if (items.length === 0) return null;
  return (
    <section className={classes.refused} aria-label={t("refused.title")}>
      {items.map((item) => (
        <Refusal key={item.id} item={item} />
      ))}
    </section>
  );
};

const Refusal = ({ item }: { item: DeskItem }) => {
  const { t } = useTranslation("work");
  const nameOf = useActionName();
  const { resend, discard, busy } = useDeskItem(item.id);
  const [failure, setFailure] = useState<Failure | null>(null);
  const shown = failure ?? item.failure;
  const [asking, setAsking] = useState(false);
  return (
    <div className={classes.refusal}>
      <div className={classes.was}>
        {t("refused.was", { action: nameOf(item.intent.type) })}{" "}
        <RelativeTime at={item.intent.deviceTime} />
      </div>
      {shown !== null && <FailureNotice failure={shown} />}
      <div className={classes.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          loading={busy === "resend"}
          onClick={() => void resend().then(setFailure)}
        >
          {t("refused.resend")}
        </Button>
        <Button size="compact-sm" variant="subtle" color="red" onClick={() => setAsking(true)}>
          {t("refused.discard")}
        </Button>
        <Link to="/partners/attention" className={classes.desk}>
          {t("refused.desk")}
        </Link>
      </div>
      {asking && (
        <DiscardConfirm
          what={[nameOf(item.intent.type), item.subject].filter(Boolean).join(" · ")}
          failure={failure}
          busy={busy !== null}
          onGo={() => void discard().then(setFailure)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
};
