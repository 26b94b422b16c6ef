import type { Coverage, Worker } from "./coverage.ts";
import { bangkokMidnight, bangkokWeekday, DAY, HOUR, MINUTE } from "./time.ts";
import type { WorkOrder } from "./work-orders.ts";

/** A visit with its window and whose it is; `worker` is null where nobody has been sent yet. */
export interface PlannedVisit {
  order: WorkOrder;
  partner: string;
  worker: Worker | null;
  start: number;
  end: number;
  stand: "scheduled" | "on-site" | "completed";
}

/** Three windows of three hours, the duration of nearly every job of the source, 08:30 to 17:30. */
const slots = [8.5, 11.5, 14.5].map((hour) => hour * HOUR);
const SLOT = 3 * HOUR;
/** Visits are planned this many days ahead. */
const HORIZON = 13;
/** One planned visit in so many is left for the coordinator to assign. */
const UNASSIGNED = 7;

const byPlace = (coverage: Coverage) => (a: WorkOrder, b: WorkOrder) => {
  const [here, there] = [coverage.place(a.serial), coverage.place(b.serial)];
  return (
    here.region.localeCompare(there.region, "en") ||
    Number(b.preventive) - Number(a.preventive) ||
    here.siteName.localeCompare(there.siteName, "en") ||
    a.finishedAt - b.finishedAt ||
    a.id.localeCompare(b.id, "en")
  );
};

/** How a visit of today stands at `now`. */
const standOf = (visit: PlannedVisit, slot: number, second: boolean, now: number) => {
  // By evening the first job of the day has been reported; the others may be late.
  if (slot === 0 && visit.order.preventive && visit.end <= now) return "completed";
  const begun = visit.start + 15 * MINUTE <= now && now < visit.end;
  // One of two colleagues is shown at work, the other's day is still to be begun.
  return second && begun ? "on-site" : "scheduled";
};

const daysOf = (now: number): number[] => {
  const today = bangkokMidnight(now);
  return Array.from({ length: HORIZON }, (_, i) => today + (i + 1) * DAY).filter(
    (day) => bangkokWeekday(day) <= 5,
  );
};

const planWorker = (
  worker: Worker,
  second: boolean,
  orders: WorkOrder[],
  coverage: Coverage,
  now: number,
): PlannedVisit[] => {
  const today = Math.min(slots.length, Math.ceil(orders.length / 3));
  const days = daysOf(now);
  const later = orders.length - today;
  const used = new Map<number, number>();
  return orders.map((order, i): PlannedVisit => {
    const k = i - today;
    // The queue of today lives on weekends too: then these are the weekend duty.
    const day =
      k < 0
        ? bangkokMidnight(now)
        : (days[Math.floor((k * days.length) / later)] ?? days[0] ?? now);
    const slot = used.get(day) ?? 0;
    used.set(day, slot + 1);
    const start = day + (slots[slot % slots.length] ?? 0);
    const end = start + SLOT;
    const unassigned = k >= 0 && order.preventive && k % UNASSIGNED === UNASSIGNED - 1;
    // Coverage may have moved by then; the visit is whose it is on that day.
    const partner = coverage.partnerAt(order.serial, start) ?? worker.partner;
    const whose = partner === worker.partner ? worker : coverage.workerFor(order.serial, partner);
    const visit: PlannedVisit = {
      order,
      partner,
      worker: unassigned ? null : whose,
      start,
      end,
      stand: "scheduled",
    };
    return k < 0 ? { ...visit, stand: standOf(visit, slot, second, now) } : visit;
  });
};

/**
 * Gives the planned work windows in the business hours of Bangkok, today and on the working days of
 * the next two weeks. Each person's work is kept together by region, so that a day is one trip.
 * Devices that their partner may not see get no visit: `left` names them.
 */
export const schedule = (
  orders: readonly WorkOrder[],
  coverage: Coverage,
  now: number,
): { planned: PlannedVisit[]; left: WorkOrder[] } => {
  const lists = new Map<string, WorkOrder[]>(coverage.workers.map((w) => [w.id, []]));
  const left: WorkOrder[] = [];
  for (const order of orders.toSorted(byPlace(coverage))) {
    const partner = coverage.partnerAt(order.serial, now);
    const seen = partner !== null && coverage.granted(order.serial, partner);
    const worker = seen ? coverage.workerFor(order.serial, partner) : null;
    if (worker === null) left.push(order);
    else lists.get(worker.id)?.push(order);
  }
  const planned = coverage.workers.flatMap((worker, i) => {
    const second = coverage.workers[i - 1]?.partner === worker.partner;
    return planWorker(worker, second, lists.get(worker.id) ?? [], coverage, now);
  });
  return { planned, left };
};
