import { refOf } from "#shared/domain/common.ts";
import type { Ticket } from "#shared/domain/ticket/ticket.ts";
import type { Coverage } from "./coverage.ts";
import { openedFor, spread } from "./layout.ts";
import { HOUR, iso, MINUTE } from "./time.ts";
import type { WorkOrder } from "./work-orders.ts";
import { demoId } from "./world.ts";

/** The id of the ticket made from a work order. */
export const ticketId = (order: WorkOrder): string => demoId(`ticket:${order.id}`);

const sheet = (order: WorkOrder): string =>
  [
    `Work order ${order.id}, code ${order.failureCode}${order.category === "" ? "" : ` (${order.category})`}.`,
    order.remark === "" ? "" : `Remark: ${order.remark}.`,
  ]
    .filter(Boolean)
    .join(" ");

const common = (order: WorkOrder, coverage: Coverage) => ({
  ...coverage.place(order.serial),
  id: ticketId(order),
  ref: refOf("T", ticketId(order)),
  title: order.title,
  detail: sheet(order),
  priority: order.priority,
  component: order.component,
  failureCode: order.failureCode,
});

const spell = (minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours} h` : "", rest > 0 || hours === 0 ? `${rest} min` : ""]
    .filter(Boolean)
    .join(" ");
};

/** What was reported of finished work. */
export const reportOf = (order: WorkOrder): string =>
  [
    `${order.title}: done.`,
    order.durationMinutes === null ? "" : `Took ${spell(order.durationMinutes)}.`,
    order.remark === "" ? "" : `Remark: ${order.remark}.`,
  ]
    .filter(Boolean)
    .join(" ");

/** A repair of the past. The source knows when it ended; it was called in some hours before. */
export const doneTicket = (order: WorkOrder, coverage: Coverage): Ticket => {
  const began = order.finishedAt - (order.durationMinutes ?? 180) * MINUTE;
  const opened = began - (30 + spread(order.id, order.priority * 9 * 60)) * MINUTE;
  const partner = coverage.partnerAt(order.serial, order.finishedAt);
  const worker = partner === null ? null : coverage.workerFor(order.serial, partner);
  return {
    ...common(order, coverage),
    status: "resolved",
    assigneeId: worker?.id ?? null,
    assigneeName: worker?.name ?? null,
    alarmId: null,
    openedAt: iso(opened),
    openedBy: coverage.place(order.serial).customerName,
    respondedAt: iso(opened + Math.round((began - opened) * 0.3)),
    resolvedAt: iso(order.finishedAt),
    resolution: reportOf(order),
    notes: [],
  };
};

/** When the clock of an open ticket runs out, in hours from now; below zero it has. */
const dueIn = {
  /** New, to be answered soon. */
  fresh: [0.4, 0.8, 2, 5, 9],
  /** In hand, with a visit on the way. */
  visit: [3, 8, 26, 50, 18],
  /** In hand, and late, but for some. */
  late: [-0.7, -5, 20, -30],
  /** New, and either forgotten or about to be. */
  waiting: [-0.5, 0.75, -3, 3, -20, 7],
};

const stands = ["fresh", "visit", "late", "waiting"] as const;

/** How the open ticket at a rank (newest first) of a machine stands. */
export const standOf = (rank: number): (typeof stands)[number] =>
  stands[rank % stands.length] ?? "waiting";

/** What an open ticket is made for. */
export interface OpenTicket {
  order: WorkOrder;
  rank: number;
  /** The machine's place in the list of machines: spreads the due times over them. */
  machine: number;
  alarmId: string | null;
  remark: string | null;
}

/**
 * A ticket of today. Its opening is laid so that its clock runs out where the queue needs one. On a
 * device that its partner may not see, nobody takes it.
 */
export const openTicket = (open: OpenTicket, coverage: Coverage, now: number): Ticket => {
  const { order, rank, machine } = open;
  const partner = coverage.partnerAt(order.serial, now);
  const seen = partner !== null && coverage.granted(order.serial, partner);
  const stand = standOf(rank);
  const mine = stand === "visit" || stand === "late";
  const worker = mine && seen ? coverage.workerFor(order.serial, partner) : null;
  const base = common(order, coverage);
  const hours = dueIn[stand][machine % dueIn[stand].length] ?? 1;
  const promise = worker === null ? "response" : "resolution";
  const opened = openedFor(promise, base.tier, base.priority, now + hours * HOUR, now);
  const responded = opened + Math.round(Math.min(now - opened, 2 * HOUR) * 0.4);
  const coordinator = seen ? coverage.coordinator(partner) : null;
  const remark = worker === null || coordinator === null ? null : open.remark;
  return {
    ...base,
    status: worker === null ? "new" : "assigned",
    assigneeId: worker?.id ?? null,
    assigneeName: worker?.name ?? null,
    alarmId: open.alarmId,
    openedAt: iso(opened),
    openedBy: open.alarmId === null ? base.customerName : (coordinator?.name ?? base.customerName),
    respondedAt: worker === null ? null : iso(responded),
    resolvedAt: null,
    resolution: null,
    notes:
      remark === null || coordinator === null
        ? []
        : [
            {
              id: demoId(`note:${order.id}`),
              text: remark,
              authorId: coordinator.id,
              authorName: coordinator.name,
              at: iso(responded),
            },
          ],
  };
};
