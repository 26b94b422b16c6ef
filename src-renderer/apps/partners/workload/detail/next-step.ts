import type { IntentType } from "#shared/domain/registry.ts";
import type { Visit } from "#shared/domain/visit/visit.ts";

/** What a visit asks for next; null once it is over. */
export const nextStep = (visit: Visit): Extract<IntentType, `visit.${string}`> | null => {
  switch (visit.status) {
    case "scheduled":
      return visit.assigneeId === null ? "visit.assign" : "visit.start-travel";
    case "travelling":
      return "visit.arrive";
    case "on-site":
      return "visit.complete";
    default:
      return null;
  }
};

/** How far a checklist has come. */
export interface Progress {
  done: number;
  total: number;
  /** Required items that are still open: what holds up completion. */
  required: number;
}

/** Counts a visit's checklist. */
export const progressOf = (visit: Visit): Progress => ({
  done: visit.checklist.filter((item) => item.done).length,
  total: visit.checklist.length,
  required: visit.checklist.filter((item) => item.required && !item.done).length,
});
