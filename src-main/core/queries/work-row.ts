import type { Alarm } from "#shared/domain/alarm/alarm.ts";
import { ticketPromise } from "#shared/domain/index-fields.ts";
import type { Ticket } from "#shared/domain/ticket/ticket.ts";
import type { Visit } from "#shared/domain/visit/visit.ts";
import type { WorkKind, WorkRow } from "#shared/ipc/views.ts";
import type { LocalRecord } from "../records/local-record.ts";

type Work = Ticket | Alarm | Visit;

const priorityOf = (work: Work): WorkRow["priority"] =>
  "priority" in work ? work.priority : "severity" in work ? work.severity : null;

const promiseOf = (kind: WorkKind, work: Work): WorkRow["promise"] => {
  if (kind === "ticket") return ticketPromise(work as Ticket);
  if (kind === "alarm") return "acknowledge";
  return (work as Visit).arrivedAt === null ? "begin" : "finish";
};

/** When a piece of work began, when it ended, and until when a visit may take place. */
const spanOf = (kind: WorkKind, work: Work): Pick<WorkRow, "begins" | "ended" | "windowEnd"> => {
  if (kind === "ticket") {
    const ticket = work as Ticket;
    return { begins: ticket.openedAt, ended: ticket.resolvedAt, windowEnd: null };
  }
  if (kind === "alarm") {
    const alarm = work as Alarm;
    return {
      begins: alarm.raisedAt,
      ended: alarm.clearedAt ?? alarm.acknowledgedAt,
      windowEnd: null,
    };
  }
  const visit = work as Visit;
  return { begins: visit.windowStart, ended: visit.completedAt, windowEnd: visit.windowEnd };
};

/** A record of work as one line of the queue. */
export const workRow = (record: LocalRecord): WorkRow => {
  const kind = record.kind as WorkKind;
  const work = record.data as Work;
  const assigned = "assigneeId" in work ? work : null;
  return {
    id: record.id,
    kind,
    ref: work.ref,
    title: work.title,
    status: work.status,
    priority: priorityOf(work),
    tier: work.tier,
    due: record.due,
    promise: promiseOf(kind, work),
    customerId: work.customerId,
    customerName: work.customerName,
    siteName: work.siteName,
    region: work.region,
    deviceId: work.deviceId,
    deviceName: work.deviceName,
    assigneeId: assigned?.assigneeId ?? null,
    assigneeName: assigned?.assigneeName ?? null,
    ...spanOf(kind, work),
    pending: record.pending.length,
  };
};
