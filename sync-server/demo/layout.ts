import type { Priority, SlaTier } from "#shared/domain/common.ts";
import { slaDue } from "#shared/domain/sla.ts";
import { DAY, HOUR, MINUTE, shiftTo, WEEK } from "./time.ts";
import type { WorkOrder } from "./work-orders.ts";
import { demoId } from "./world.ts";

/**
 * How the past becomes a living queue. Eleven machines made 720 corrective jobs in thirteen years, a
 * dozen a year at the end: moved as they are, a queue of today would hold one ticket. So the
 * newest rows of every machine are laid out around now by hand, as open work, and only the rest, the
 * history, is moved. It moves by whole weeks, so that Monday's work stays Monday's and an
 * afternoon's the afternoon's. Planned work moves as a whole. Corrective work moves machine by
 * machine: the queue took the rows of one year from one and of another from the next, and moved as a
 * whole most would be left without a repair for years.
 */
export interface Layout {
  /** The newest corrective orders of each machine, newest first: today's tickets. */
  tickets: Map<string, WorkOrder[]>;
  /** The newest planned orders of each machine: the visits of the next two weeks. */
  visits: WorkOrder[];
  /** All others, with their times moved. */
  history: WorkOrder[];
}

/** Open tickets for each machine: two unassigned, two in hand. */
const TICKETS = 4;
/** Planned visits for each machine in the next two weeks. */
const VISITS = 3;

const newestOf = (orders: WorkOrder[], size: number) => {
  const bySerial = new Map<string, WorkOrder[]>();
  for (const order of orders.toSorted(newestFirst)) {
    const list = bySerial.get(order.serial) ?? [];
    if (list.length < size) bySerial.set(order.serial, [...list, order]);
  }
  return bySerial;
};

/** Newest first; rows of one minute by id, so that no sort depends on the order of the file. */
const newestFirst = (a: WorkOrder, b: WorkOrder) =>
  b.finishedAt - a.finishedAt || a.id.localeCompare(b.id, "en");

/** Moves orders so that the newest of them ended within the week before `target`. */
const moved = (orders: WorkOrder[], target: number): WorkOrder[] => {
  const newest = Math.max(...orders.map((o) => o.finishedAt));
  const shift = shiftTo(newest, target, WEEK);
  return orders.map((o) => ({ ...o, finishedAt: o.finishedAt + shift }));
};

const movedByMachine = (orders: WorkOrder[], now: number): WorkOrder[] => {
  const machines = [...Map.groupBy(orders, (o) => o.serial)].sort(([a], [b]) =>
    a.localeCompare(b, "en"),
  );
  // Two days apart, lest all machines have been repaired in one week.
  return machines.flatMap(([, own], i) => moved(own, now - HOUR - i * 2 * DAY));
};

/** Divides the work orders into queue and history, and moves the history. */
export const layOut = (orders: readonly WorkOrder[], now: number): Layout => {
  const corrective = orders.filter((o) => !o.preventive);
  const preventive = orders.filter((o) => o.preventive);
  const tickets = newestOf(corrective, TICKETS);
  const visits = [...newestOf(preventive, VISITS).values()].flat();
  const open = new Set([...[...tickets.values()].flat(), ...visits].map((o) => o.id));
  const past = (list: WorkOrder[]) => list.filter((o) => !open.has(o.id));
  const history = [
    ...moved(past(preventive), now - HOUR),
    ...movedByMachine(past(corrective), now),
  ];
  return { tickets, visits, history };
};

/** A number below `size` that is always the same for `key`, and looks like chance. */
export const spread = (key: string, size: number): number =>
  Number.parseInt(demoId(`spread:${key}`).slice(0, 8), 16) % size;

/**
 * When work must have begun for its promise to fall due at `target`: the latest minute before `now`
 * whose due time is not after it. A business calendar may have nothing due at that very minute; then
 * it falls due at the close of business before it, or, where that has passed but `target` has not,
 * when business opens next: on a weekend work is not late because nobody could ask for it in time.
 */
export const openedFor = (
  promise: "response" | "resolution",
  tier: SlaTier,
  priority: Priority,
  target: number,
  now: number,
): number => {
  const dueOf = (from: number) => slaDue(promise, tier, priority, new Date(from).toISOString());
  const latest = Math.floor(now / MINUTE) - 3;
  let late = latest;
  if (dueOf(late * MINUTE) <= target) return late * MINUTE;
  // Most openings are hours ago: doubling finds the span in a few steps, halving the minute in it.
  let early = latest - 60;
  while (dueOf(early * MINUTE) > target) early -= latest - early;
  while (late - early > 1) {
    const middle = Math.floor((late + early) / 2);
    if (dueOf(middle * MINUTE) <= target) early = middle;
    else late = middle;
  }
  const passed = target >= now && dueOf(early * MINUTE) < now;
  return (passed ? late : early) * MINUTE;
};
