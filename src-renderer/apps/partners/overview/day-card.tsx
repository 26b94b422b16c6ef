import { Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { WorkRow } from "#shared/ipc/views.ts";
import { PendingMark, StatusBadge } from "../../../ui/badges.tsx";
import { Card } from "../../../ui/card.tsx";
import { formatClock, formatShortDay } from "../../../ui/format.ts";
import { useNow } from "../../../ui/use-now.ts";
import classes from "./day-card.module.css";
import { layDay, windowOf } from "./day-line.ts";

/** Today's visits from morning to evening, with where the day is now. */
export const DayCard = ({
  title,
  visits,
  own,
}: {
  title: string;
  visits: readonly WorkRow[];
  /** Whether they are all the viewer's: then nobody is named. */
  own: boolean;
}) => {
  const { t, i18n } = useTranslation("overview");
  const now = useNow();
  const line = layDay(visits.map(windowOf), now);
  const inOrder = [...visits].sort((a, b) => a.begins.localeCompare(b.begins));
  const byId = new Map(visits.map((visit) => [visit.id, visit]));
  const part = (at: number) => (at - line.from) / (line.to - line.from);
  const at = (ms: number) => formatClock(ms, i18n.language);
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const starts = ({ begins }: WorkRow) =>
    Date.parse(begins) < midnight ? formatShortDay(begins, i18n.language) : at(Date.parse(begins));
  return (
    <Card
      title={title}
      aside={<span className={classes.clock}>{t("day.now", { at: at(now) })}</span>}
    >
      {visits.length === 0 ? (
        <p className={classes.none}>{t("day.none")}</p>
      ) : (
        <>
          <div className={classes.line} style={{ height: line.lanes * 22 + 26 }}>
            {line.hours.map((hour, index) => (
              <span key={hour} className={classes.hour} style={{ left: `${part(hour) * 100}%` }}>
                {index % 2 === 0 && <em>{new Date(hour).getHours()}</em>}
              </span>
            ))}
            {line.laid.map((laid) => {
              const visit = byId.get(laid.id);
              if (visit === undefined) return null;
              const label = t("day.visit", {
                at: starts(visit),
                title: visit.title,
                customer: visit.customerName,
              });
              return (
                <Tooltip key={laid.id} label={label}>
                  <Link
                    to="/partners/workload"
                    search={{ item: `visit:${visit.id}` }}
                    className={classes.visit}
                    data-status={visit.status}
                    data-late={(visit.promise === "begin" && visit.due < now) || undefined}
                    aria-label={label}
                    style={{
                      left: `${laid.left * 100}%`,
                      width: `${laid.width * 100}%`,
                      top: laid.lane * 22 + 22,
                    }}
                  >
                    {visit.customerName}
                  </Link>
                </Tooltip>
              );
            })}
            {now >= line.from && now <= line.to && (
              <span className={classes.now} style={{ left: `${part(now) * 100}%` }} />
            )}
          </div>
          <ul className={classes.list}>
            {inOrder.map((visit) => (
              <li key={visit.id}>
                <Link
                  to="/partners/workload"
                  search={{ item: `visit:${visit.id}` }}
                  className={classes.row}
                >
                  <span className={classes.at}>
                    {starts(visit)}
                    {visit.windowEnd !== null && <small>{at(Date.parse(visit.windowEnd))}</small>}
                  </span>
                  <span className={classes.words}>
                    <span className={classes.title}>{visit.title}</span>
                    <span className={classes.where}>
                      {[
                        ...(own || visit.assigneeName === null ? [] : [visit.assigneeName]),
                        visit.customerName,
                        visit.deviceName,
                        visit.siteName,
                      ].join(" · ")}
                    </span>
                  </span>
                  <PendingMark count={visit.pending} />
                  <StatusBadge kind="visit" status={visit.status} />
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
};
