import { Tooltip } from "@mantine/core";
import { IconBell, IconCalendarEvent, IconCpu, IconTicket, IconUpload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Priority, SlaTier } from "#shared/domain/common.ts";
import type { WorkKind } from "#shared/ipc/views.ts";
import classes from "./badges.module.css";

/** An agreement tier, with as many steps filled as it ranks. */
export const TierBadge = ({ tier }: { tier: SlaTier }) => {
  const { t } = useTranslation("common");
  const name = t(`tier.${tier}`);
  const rank = { essential: 1, standard: 2, premium: 3, critical: 4 }[tier];
  return (
    <Tooltip label={t("tier.about", { tier: name })}>
      <span className={classes.tier} data-tier={tier}>
        <svg viewBox="0 0 14 10" className={classes.steps} aria-hidden="true">
          {[1, 2, 3, 4].map((step) => (
            <rect
              key={step}
              x={(step - 1) * 3.6}
              y={8 - step * 2}
              width="2.4"
              height={2 + step * 2}
              rx=".6"
              opacity={step <= rank ? 1 : 0.25}
            />
          ))}
        </svg>
        {name}
      </span>
    </Tooltip>
  );
};

/** What a state asks for; "invited" and "left" are people's who are not here yet, and no longer. */
type Tone = "accent" | "good" | "warn" | "quiet" | "danger" | "invited" | "left";

/** A state in words, beside a mark whose shape and colour say how it stands. */
export const StatusMark = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={classes.status} data-tone={tone}>
    {children}
  </span>
);

const tones: Record<string, Tone> = {
  "ticket.new": "warn",
  "ticket.assigned": "accent",
  "ticket.resolved": "good",
  "alarm.active": "danger",
  "alarm.acknowledged": "accent",
  "alarm.cleared": "good",
  "visit.scheduled": "quiet",
  "visit.travelling": "accent",
  "visit.on-site": "accent",
  "visit.completed": "good",
  "visit.cancelled": "quiet",
};

/** Where a piece of work stands, in words. */
export const StatusBadge = ({ kind, status }: { kind: WorkKind; status: string }) => {
  const { i18n } = useTranslation("common");
  const key = `common:status.${kind}.${status}`;
  const label = i18n.exists(key) ? String(i18n.t(key as "common:kind.ticket")) : status;
  return <StatusMark tone={tones[`${kind}.${status}`] ?? "quiet"}>{label}</StatusMark>;
};

/** Urgency 1 to 4 as bars; nothing where a piece of work has none. */
export const PriorityMark = ({ priority }: { priority: Priority | null }) => {
  const { t } = useTranslation("common");
  if (priority === null) return <span className={classes.priority} aria-hidden="true" />;
  const about = t("priority.about", { n: priority, name: t(`priority.${priority}`) });
  return (
    <Tooltip label={about}>
      <span className={classes.priority} data-priority={priority} role="img" aria-label={about}>
        P{priority}
      </span>
    </Tooltip>
  );
};

const icons = {
  ticket: IconTicket,
  alarm: IconBell,
  visit: IconCalendarEvent,
  device: IconCpu,
} as const;

/** The picture of a kind of record, named for those who cannot see it. */
export const KindIcon = ({ kind, size = 16 }: { kind: WorkKind | "device"; size?: number }) => {
  const { t } = useTranslation("common");
  const Glyph = icons[kind];
  return (
    <Tooltip label={t(`kind.${kind}`)}>
      <span className={classes.kind} data-kind={kind} role="img" aria-label={t(`kind.${kind}`)}>
        <Glyph size={size} stroke={1.7} aria-hidden="true" />
      </span>
    </Tooltip>
  );
};

/** Says that changes of a record wait for the server; nothing where none do. */
export const PendingMark = ({ count }: { count: number }) => {
  const { t } = useTranslation("common");
  if (count === 0) return null;
  const about = t("pending", { count });
  return (
    <Tooltip label={about}>
      <span className={classes.pending} role="img" aria-label={about}>
        <IconUpload size={12} stroke={2} aria-hidden="true" />
        {count}
      </span>
    </Tooltip>
  );
};
