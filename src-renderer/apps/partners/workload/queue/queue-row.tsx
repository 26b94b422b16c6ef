import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { WorkRow } from "#shared/ipc/views.ts";
import {
  KindIcon,
  PendingMark,
  PriorityMark,
  StatusBadge,
  TierBadge,
} from "../../../../ui/badges.tsx";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { SlaCountdown } from "../../../../ui/sla-countdown.tsx";
import { Assignee } from "../assignee.tsx";
import classes from "./queue.module.css";

/** The DOM id of a line, so that the list can name the selected one. */
export const rowDomId = (id: string): string => `work-${id}`;

/** One line of the queue: what, for whom, where, how it stands, and how long there is. */
export const QueueRow = memo(
  ({
    row,
    index,
    total,
    start,
    selected,
    done,
    onSelect,
  }: {
    row: WorkRow;
    index: number;
    total: number;
    start: number;
    selected: boolean;
    done: boolean;
    onSelect: (row: WorkRow, index: number) => void;
  }) => {
    const { t } = useTranslation("work");
    const { t: common } = useTranslation("common");
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list's keys move the selection.
      <div
        id={rowDomId(row.id)}
        role="option"
        tabIndex={-1}
        className={classes.row}
        style={{ transform: `translateY(${start}px)` }}
        aria-selected={selected}
        aria-posinset={index + 1}
        aria-setsize={total}
        aria-label={t("list.row", {
          kind: common(`kind.${row.kind}`),
          ref: row.ref,
          title: row.title,
          customer: row.customerName,
          device: row.deviceName,
          status: common(`status.${row.kind}.${row.status}` as "status.ticket.new"),
        })}
        onClick={() => onSelect(row, index)}
      >
        <span className={classes.kind}>
          <KindIcon kind={row.kind} />
        </span>
        <span className={classes.first}>
          <PriorityMark priority={row.priority} />
          <span className={classes.title}>{row.title}</span>
          <PendingMark count={row.pending} />
          <span className={classes.due}>
            {done ? (
              row.ended !== null && <RelativeTime at={row.ended} />
            ) : (
              <SlaCountdown due={row.due} promise={row.promise} />
            )}
          </span>
        </span>
        <span className={classes.second}>
          <span className={classes.ref}>{row.ref}</span>
          <span className={classes.where}>
            {row.customerName} · {row.deviceName} · {row.siteName}
          </span>
          <span className={classes.tier}>
            <TierBadge tier={row.tier} />
          </span>
          <span className={classes.status}>
            <StatusBadge kind={row.kind} status={row.status} />
          </span>
          <span className={classes.who}>
            {row.kind !== "alarm" && <Assignee name={row.assigneeName} />}
          </span>
        </span>
      </div>
    );
  },
);
QueueRow.displayName = "QueueRow";

/** A line that has not arrived yet, in the place it will have. */
export const QueueRowPlaceholder = ({ start }: { start: number }) => (
  <div
    className={classes.placeholder}
    style={{ transform: `translateY(${start}px)` }}
    aria-hidden="true"
  >
    <span />
    <span />
  </div>
);
