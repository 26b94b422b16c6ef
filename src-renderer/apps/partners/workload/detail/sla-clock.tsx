import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { slaDue } from "#shared/domain/sla.ts";
import type { Ticket } from "#shared/domain/ticket/ticket.ts";
import { formatDuration, formatExact } from "../../../../ui/format.ts";
import { SlaCountdown, urgencyOf } from "../../../../ui/sla-countdown.tsx";
import { useNow } from "../../../../ui/use-now.ts";
import classes from "./sla-clock.module.css";

/** How one promise of a ticket stands at `now`: when it was owed, when kept, how much is used up. */
export const standingOf = (
  promise: "response" | "resolution",
  ticket: Pick<Ticket, "tier" | "priority" | "openedAt" | "respondedAt" | "resolvedAt">,
  now: number,
): { due: number; keptAt: number | null; used: number } => {
  const from = Date.parse(ticket.openedAt);
  const due = slaDue(promise, ticket.tier, ticket.priority, ticket.openedAt);
  const kept = promise === "response" ? ticket.respondedAt : ticket.resolvedAt;
  const keptAt = kept === null ? null : Date.parse(kept);
  const used = ((keptAt ?? now) - from) / Math.max(1, due - from);
  return { due, keptAt, used: Math.min(1, Math.max(0, used)) };
};

/** Both promises of the agreement tier, each with what of its time is used up. */
export const SlaClock = ({ ticket }: { ticket: Ticket }) => (
  <div className={classes.clock}>
    <Promised promise="response" ticket={ticket} />
    <Promised promise="resolution" ticket={ticket} />
  </div>
);

const Promised = ({ promise, ticket }: { promise: "response" | "resolution"; ticket: Ticket }) => {
  const { t, i18n } = useTranslation("work");
  const { t: common } = useTranslation("common");
  const now = useNow();
  const { due, keptAt, used } = standingOf(promise, ticket, now);
  const state =
    keptAt === null ? urgencyOf(due, now) : keptAt <= due ? ("met" as const) : ("missed" as const);
  return (
    <div className={classes.promise} data-state={state}>
      <div className={classes.words}>
        <span className={classes.name}>{t(`sla.${promise}`)}</span>
        {keptAt === null ? (
          <SlaCountdown due={due} promise={promise} now={now} />
        ) : (
          <Tooltip label={formatExact(keptAt, i18n.language)}>
            <span className={classes.outcome}>
              {t(keptAt <= due ? "sla.met" : "sla.missed", {
                time: formatDuration(due - keptAt, common),
              })}
            </span>
          </Tooltip>
        )}
      </div>
      <div className={classes.track} aria-hidden="true">
        <div className={classes.used} style={{ width: `${used * 100}%` }} />
      </div>
      <div className={classes.target}>
        {t("sla.target", { at: formatExact(due, i18n.language) })}
      </div>
    </div>
  );
};
