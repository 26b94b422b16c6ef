import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SyncStatus } from "#shared/ipc/views.ts";
import { useCore } from "../../data/core.ts";
import { notifyFailure } from "../../data/use-intent.ts";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { formatDuration, formatNumber } from "../../ui/format.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { skewMatters } from "../../ui/skew.tsx";
import classes from "./sync.module.css";

/** What stands behind the sync status: when, how much, the two clocks, what is wrong. */
export const SyncDetails = ({ status, onLeave }: { status: SyncStatus; onLeave: () => void }) => {
  const { t, i18n } = useTranslation(["shell", "common"]);
  const core = useCore();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const syncNow = async () => {
    setAsking(true);
    const asked = await core.sync.now().catch(() => null);
    setAsking(false);
    if (asked?.ok === false) notifyFailure(asked.error);
  };
  const toDesk = () => {
    onLeave();
    void navigate({ to: "/attention" });
  };
  const { skew } = status;
  const figure = (n: number) => (n === 0 ? t("sync.nothing") : formatNumber(n, i18n.language));
  return (
    <section aria-label={t("sync.title")}>
      <dl className={classes.facts}>
        <Fact name={t("sync.lastSync")}>
          {status.lastSync === null ? t("sync.never") : <RelativeTime at={status.lastSync} />}
        </Fact>
        {status.phase === "first-sync" && (
          <Fact name={t("sync.received")}>{figure(status.received)}</Fact>
        )}
        <Fact name={t("sync.toSend")}>{figure(status.waiting)}</Fact>
        <Fact name={t("sync.onDesk")}>{figure(status.attention)}</Fact>
        {status.files > 0 && <Fact name={t("sync.files")}>{figure(status.files)}</Fact>}
        {skewMatters(skew) && (
          <Fact name={t("sync.skew")} note={t("sync.skewNote")}>
            {t(skew < 0 ? "sync.ahead" : "sync.behind", {
              time: formatDuration(skew, i18n.getFixedT(i18n.language, "common")),
            })}
          </Fact>
        )}
        {status.repaired > 0 && (
          <Fact name={t("sync.repaired")} note={t("sync.repairedNote")}>
            {t("sync.records", { count: status.repaired, formatted: figure(status.repaired) })}
          </Fact>
        )}
        {status.rescued !== null && (
          <Fact
            name={t("sync.rescued")}
            note={t(status.rescued.lost ? "sync.rescuedLost" : "sync.rescuedNote")}
          >
            {t("sync.changes", {
              count: status.rescued.intents,
              formatted: formatNumber(status.rescued.intents, i18n.language),
            })}
          </Fact>
        )}
        {status.erased > 0 && (
          <Fact name={t("sync.erased")} note={t("sync.erasedNote")}>
            {t("sync.records", { count: status.erased, formatted: figure(status.erased) })}
          </Fact>
        )}
      </dl>
      {status.failure !== null && status.phase !== "offline" && (
        <div className={classes.failure}>
          <FailureNotice failure={status.failure} />
        </div>
      )}
      {status.phase === "offline" && <p className={classes.note}>{t("sync.offlineNote")}</p>}
      <div className={classes.actions}>
        <Button
          variant="default"
          loading={asking}
          onClick={() => void syncNow()}
          leftSection={<IconRefresh size={15} stroke={1.8} />}
        >
          {t("sync.now")}
        </Button>
        {status.attention > 0 && <Button onClick={toDesk}>{t("sync.toDesk")}</Button>}
      </div>
    </section>
  );
};

const Fact = ({ name, note, children }: { name: string; note?: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
    {note !== undefined && <dd className={classes.small}>{note}</dd>}
  </div>
);
