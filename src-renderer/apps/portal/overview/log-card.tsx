import { IconCloudOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSyncStatus } from "../../../data/sync.ts";
import { useAuditState, useLog } from "../../../data/use-audit.ts";
import { useNames } from "../../../data/use-names.tsx";
import { Alarm } from "../../../pages/audit-log/alarm.tsx";
import { LineRow } from "../../../pages/audit-log/line-row.tsx";
import { ProofMark } from "../../../pages/audit-log/proof-mark.tsx";
import { Card } from "../../../ui/card.tsx";
import { FailureNotice } from "../../../ui/failure-notice.tsx";
import { LoadingState } from "../../../ui/states.tsx";
import classes from "./overview.module.css";

const whole = {};

const SHOWN = 8;

/** The alarm that the log is not what it was, above everything else; nothing where it is. */
export const LogAlarm = () => {
  const live = useAuditState();
  return live.state !== "live" || live.value.alarm === null ? null : (
    <div className={classes.alarm}>
      <Alarm failure={live.value.alarm} state={live.value} />
    </div>
  );
};

/** What was last done on the customer's devices, and whether the log of it is proven (PRT-4). */
export const LogCard = () => {
  const { t } = useTranslation("portal");
  const live = useAuditState();
  const state = live.state === "live" ? live.value : null;
  const log = useLog(whole, state?.head?.size ?? null);
  const names = useNames();
  const phase = useSyncStatus()?.phase;
  const offline = phase === "offline" || phase === "stopped";
  return (
    <Card
      title={t("overview.lastActs")}
      aside={<Link to="/portal/audit">{t("overview.wholeLog")}</Link>}
    >
      {state !== null && (
        <div className={classes.inside}>
          <ProofMark state={state} />
        </div>
      )}
      {log.lines.length === 0 && log.asking && !offline && <LoadingState rows={5} />}
      {log.lines.length === 0 && offline && (
        <p className={classes.offline}>
          <IconCloudOff size={16} stroke={1.8} aria-hidden="true" />
          {t("log.offlineText")}
        </p>
      )}
      {log.lines.length === 0 && !log.asking && !offline && log.failure !== null && (
        <div className={classes.inside}>
          <FailureNotice failure={log.failure} />
        </div>
      )}
      {log.lines.length === 0 && !log.asking && !offline && log.failure === null && (
        <p className={classes.none}>{t("log.emptyText")}</p>
      )}
      <ul className={classes.acts}>
        {log.lines.slice(0, SHOWN).map((line) => (
          <li key={line.seq}>
            <Link to="/portal/audit" search={{ line: line.seq }} className={classes.act}>
              <LineRow line={line} names={names} />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
};
