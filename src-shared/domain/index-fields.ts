import type { Alarm } from "./alarm/alarm.ts";
import type { Kind } from "./intent.ts";
import { slaDue } from "./sla.ts";
import type { Ticket } from "./ticket/ticket.ts";
import type { Visit } from "./visit/visit.ts";

/** A far instant in ms: what has no deadline sorts after everything that has one. */
export const NEVER = 8_640_000_000_000_000;

/** What a store keeps beside a record so that lists are range scans: the same on every machine. */
export interface IndexFields {
  /** "1" while it stands in the workload queue, "0" once it has left it, "" for what is no work (PAR-2). */
  queue: "" | "0" | "1";
  /** When it is owed, in ms: the order of the queue. */
  due: number;
  status: string;
  region: string;
  customerId: string;
  deviceId: string;
  assigneeId: string;
  /** When it happened, in ms: the order of a history. */
  at: number;
  /** Lower-case text that a search looks in. */
  search: string;
}

const nothing: IndexFields = {
  queue: "",
  due: NEVER,
  status: "",
  region: "",
  customerId: "",
  deviceId: "",
  assigneeId: "",
  at: 0,
  search: "",
};

const text = (...parts: (string | null | undefined)[]) =>
  parts.filter(Boolean).join(" ").toLowerCase();

/** Which promise a ticket's clock runs to now. */
export const ticketPromise = (ticket: Ticket): "response" | "resolution" =>
  ticket.respondedAt === null ? "response" : "resolution";

/** When the promise a ticket's clock runs to now is due, ms. */
const ticketDue = (t: Ticket): number => slaDue(ticketPromise(t), t.tier, t.priority, t.openedAt);

/** What has left the queue is owed no longer. */
const standing = (open: boolean, due: () => number): Pick<IndexFields, "queue" | "due"> =>
  open ? { queue: "1", due: due() } : { queue: "0", due: NEVER };

const ofTicket = (t: Ticket): Partial<IndexFields> => ({
  ...standing(t.status !== "resolved", () => ticketDue(t)),
  assigneeId: t.assigneeId ?? "",
  at: Date.parse(t.openedAt),
  search: text(t.ref, t.title, t.deviceName, t.siteName, t.customerName, t.component),
});

const ofAlarm = (a: Alarm): Partial<IndexFields> => ({
  ...standing(a.status === "active", () => slaDue("response", a.tier, a.severity, a.raisedAt)),
  at: Date.parse(a.raisedAt),
  search: text(a.ref, a.title, a.rule, a.deviceName, a.siteName, a.customerName),
});

const ofVisit = (v: Visit): Partial<IndexFields> => ({
  // What is owed is to begin in the window, and from then on to finish by its end.
  ...standing(v.status !== "completed" && v.status !== "cancelled", () =>
    Date.parse(v.arrivedAt === null ? v.windowStart : v.windowEnd),
  ),
  assigneeId: v.assigneeId ?? "",
  at: Date.parse(v.windowStart),
  search: text(v.ref, v.title, v.deviceName, v.siteName, v.customerName, v.assigneeName),
});

interface Common {
  status?: string;
  region?: string;
  customerId?: string;
  deviceId?: string;
  name?: string;
  from?: string;
}

/** The index fields of a record of `kind`; a pure function of its data, null once it is gone. */
export const indexFields = (kind: Kind, id: string, data: unknown): IndexFields => {
  if (data === null) return nothing;
  const common = data as Common;
  const fields: IndexFields = {
    ...nothing,
    status: common.status ?? "",
    region: common.region ?? "",
    customerId: common.customerId ?? "",
    deviceId: common.deviceId ?? "",
  };
  switch (kind) {
    case "ticket":
      return { ...fields, ...ofTicket(data as Ticket) };
    case "alarm":
      return { ...fields, ...ofAlarm(data as Alarm) };
    case "visit":
      return { ...fields, ...ofVisit(data as Visit) };
    case "device":
      return { ...fields, deviceId: id, search: text(common.name, searchOf(data)) };
    case "customer":
      return { ...fields, customerId: id, search: text(common.name) };
    case "telemetry":
      return { ...fields, at: Date.parse(common.from ?? "") };
    default:
      return { ...fields, search: text(common.name) };
  }
};

const searchOf = (data: unknown): string => {
  const d = data as { model?: string; serial?: string; siteName?: string; customerName?: string };
  return text(d.model, d.serial, d.siteName, d.customerName);
};
