import { alarmStates } from "#shared/domain/alarm/alarm.ts";
import { ticketStates } from "#shared/domain/ticket/ticket.ts";
import { visitStates } from "#shared/domain/visit/visit.ts";
import type { WorkFilter, WorkKind } from "#shared/ipc/views.ts";

/** States in which a piece of work has left the queue. */
const done = new Set<string>(["resolved", "acknowledged", "cleared", "completed", "cancelled"]);

const all = [
  ...ticketStates.map((status) => ({ kind: "ticket" as const, status })),
  ...alarmStates.map((status) => ({ kind: "alarm" as const, status })),
  ...visitStates.map((status) => ({ kind: "visit" as const, status })),
];

/** A status as the filter offers it. */
export type StatusChoice = (typeof all)[number];

/** The statuses that can occur under the rest of a filter: of its kinds, open or done. */
export const statusChoices = (filter: Pick<WorkFilter, "kinds" | "state">): StatusChoice[] => {
  const kinds: readonly WorkKind[] = filter.kinds;
  return all.filter(
    ({ kind, status }) =>
      (kinds.length === 0 || kinds.includes(kind)) &&
      done.has(status) === (filter.state === "done"),
  );
};

/** A filter without what can no longer occur in it: statuses of other work, what done work owes. */
export const possible = (filter: WorkFilter): WorkFilter => {
  const occurring = new Set<string>(statusChoices(filter).map((choice) => choice.status));
  return {
    ...filter,
    statuses: filter.statuses.filter((status) => occurring.has(status)),
    due: filter.state === "done" ? "any" : filter.due,
  };
};
