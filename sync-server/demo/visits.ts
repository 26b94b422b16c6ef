import { refOf } from "#shared/domain/common.ts";
import type { Visit } from "#shared/domain/visit/visit.ts";
import { checklistFor } from "./checklists.ts";
import type { Coverage } from "./coverage.ts";
import { spread } from "./layout.ts";
import type { Checklists } from "./plan.ts";
import type { PlannedVisit } from "./schedule.ts";
import { reportOf, ticketId } from "./tickets.ts";
import { DAY, HOUR, iso, MINUTE } from "./time.ts";
import type { WorkOrder } from "./work-orders.ts";
import { demoId } from "./world.ts";

/** The source does not say what was checked; a list is shown for the visits people still talk of. */
const CHECKLIST_KEPT = 60 * DAY;

const common = (order: WorkOrder, partner: string, coverage: Coverage) => {
  const id = demoId(`visit:${order.id}`);
  return {
    ...coverage.place(order.serial),
    id,
    ref: refOf("V", id),
    partnerId: demoId(`tenant:${partner}`),
    title: order.title,
    purpose: order.preventive ? ("preventive" as const) : ("corrective" as const),
    ticketId: order.preventive ? null : ticketId(order),
    notes: [],
  };
};

const allItems = (at: number) => ({ items: Number.POSITIVE_INFINITY, at });

/** A visit of the past: it ended when the source says, and began a duration before. */
export const doneVisit = (
  order: WorkOrder,
  coverage: Coverage,
  checklists: Checklists,
  now: number,
): Visit | null => {
  const partner = coverage.partnerAt(order.serial, order.finishedAt);
  if (partner === null) return null;
  const worker = coverage.workerFor(order.serial, partner);
  const arrived =
    order.durationMinutes === null ? null : order.finishedAt - order.durationMinutes * MINUTE;
  const from = arrived ?? order.finishedAt - 3 * HOUR;
  const quarter = 15 * MINUTE;
  const windowStart = Math.floor((from - spread(order.id, 45) * MINUTE) / quarter) * quarter;
  const recent = order.finishedAt > now - CHECKLIST_KEPT;
  return {
    ...common(order, partner, coverage),
    status: "completed",
    assigneeId: worker?.id ?? null,
    assigneeName: worker?.name ?? null,
    windowStart: iso(windowStart),
    windowEnd: iso(Math.max(windowStart + 3 * HOUR, order.finishedAt)),
    checklist: recent
      ? checklistFor(checklists, order.id, order.title, allItems(order.finishedAt))
      : [],
    travelStartedAt: arrived === null ? null : iso(arrived - (20 + spread(order.id, 50)) * MINUTE),
    arrivedAt: arrived === null ? null : iso(arrived),
    completedAt: iso(order.finishedAt),
    outcome: "done",
    summary: reportOf(order),
    labourMinutes: order.labourMinutes,
  };
};

/** A visit of the schedule: still to come, under way, or, early today, already done. */
export const plannedVisit = (
  { order, partner, worker, start, end, stand }: PlannedVisit,
  coverage: Coverage,
  checklists: Checklists,
): Visit => {
  const arrived = start + 10 * MINUTE;
  const done = stand === "completed";
  const completed = end - 20 * MINUTE;
  const ticked = done
    ? allItems(completed)
    : { items: stand === "on-site" ? 1 : 0, at: arrived + 2 * MINUTE };
  return {
    ...common(order, partner, coverage),
    status: stand,
    assigneeId: worker?.id ?? null,
    assigneeName: worker?.name ?? null,
    windowStart: iso(start),
    windowEnd: iso(end),
    checklist: checklistFor(checklists, order.id, order.title, ticked),
    travelStartedAt: stand === "scheduled" ? null : iso(start - 30 * MINUTE),
    arrivedAt: stand === "scheduled" ? null : iso(arrived),
    completedAt: done ? iso(completed) : null,
    outcome: done ? "done" : null,
    summary: done ? reportOf(order) : null,
    labourMinutes: done ? (order.labourMinutes ?? order.durationMinutes) : null,
  };
};
