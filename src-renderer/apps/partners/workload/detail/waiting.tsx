import { Button } from "@mantine/core";
import { IconClockUp } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Intent } from "#shared/domain/intent.ts";
import { useCore } from "../../../../data/core.ts";
import { useLive } from "../../../../data/use-live.ts";
import { FailureNotice } from "../../../../ui/failure-notice.tsx";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { useActionName } from "./action-name.ts";
import classes from "./waiting.module.css";

/** The changes of this record that wait for the server, each with the time of the device it was made on. */
export const Waiting = ({ pending }: { pending: readonly Intent[] }) => {
  const { t } = useTranslation("work");
  const nameOf = useActionName();
  if (pending.length === 0) return null;
  return (
    <section className={classes.waiting} aria-label={t("pending.title")}>
      <IconClockUp size={17} stroke={1.7} aria-hidden="true" className={classes.glyph} />
      <div className={classes.words}>
        <span className={classes.title}>{t("pending.title")}</span>
        <ul className={classes.list}>
          {pending.map((intent) => (
            <li key={intent.id}>
              {nameOf(intent.type)}
              <span className={classes.when}>
                {t("pending.made")} <RelativeTime at={intent.deviceTime} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
};

/** What the server refused of this record: what, why, what helps; send again or discard. */
export const Refused = ({ targetId }: { targetId: string }) => {
  const { t } = useTranslation("work");
  const core = useCore();
  const nameOf = useActionName();
  const desk = useLive((c, signal) => c.desk.watch(undefined, { signal }), []);
  const items =
    desk.state === "live" ? desk.value.filter((item) => item.intent.target.id === targetId) : [];
  if (items.length === 0) return null;
  return (
    <section className={classes.refused} aria-label={t("refused.title")}>
      {items.map((item) => (
        <div key={item.id} className={classes.refusal}>
          <div className={classes.was}>
            {t("refused.was", { action: nameOf(item.intent.type) })}{" "}
            <RelativeTime at={item.intent.deviceTime} />
          </div>
          <FailureNotice failure={item.failure} />
          <div className={classes.buttons}>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void core.desk.resend({ id: item.id, payload: null })}
            >
              {t("refused.resend")}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              onClick={() => void core.desk.discard({ id: item.id })}
            >
              {t("refused.discard")}
            </Button>
            <Link to="/partners/attention" className={classes.desk}>
              {t("refused.desk")}
            </Link>
          </div>
        </div>
      ))}
    </section>
  );
};
