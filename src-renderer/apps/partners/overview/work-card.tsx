import { Link } from "@tanstack/react-router";
import type { WorkRow } from "#shared/ipc/views.ts";
import { KindIcon, PendingMark, PriorityMark, StatusBadge } from "../../../ui/badges.tsx";
import { Card } from "../../../ui/card.tsx";
import { SlaCountdown } from "../../../ui/sla-countdown.tsx";
import classes from "./work-card.module.css";

/** A few lines of the queue, each a way to itself, and a way to all of them. */
export const WorkCard = ({
  title,
  rows,
  none,
  all,
}: {
  title: string;
  rows: readonly WorkRow[];
  none: string;
  all: { label: string; search: Record<string, unknown> };
}) => (
  <Card
    title={title}
    aside={
      <Link to="/partners/workload" search={all.search}>
        {all.label}
      </Link>
    }
  >
    {rows.length === 0 ? (
      <p className={classes.none}>{none}</p>
    ) : (
      <ul className={classes.rows}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link
              to="/partners/workload"
              search={{ ...all.search, item: `${row.kind}:${row.id}` }}
              className={classes.row}
            >
              <KindIcon kind={row.kind} />
              <span className={classes.words}>
                <span className={classes.first}>
                  {row.priority !== null && <PriorityMark priority={row.priority} />}
                  <span className={classes.title}>{row.title}</span>
                  <PendingMark count={row.pending} />
                </span>
                <span className={classes.where}>
                  {row.customerName} · {row.deviceName} · {row.siteName}
                </span>
              </span>
              <span className={classes.end}>
                <SlaCountdown due={row.due} promise={row.promise} />
                <StatusBadge kind={row.kind} status={row.status} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    )}
  </Card>
);
