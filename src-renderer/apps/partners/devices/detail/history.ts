import type { DataOf } from "#shared/domain/registry.ts";
import type { WorkKind } from "#shared/ipc/views.ts";

/** A piece of work on a device, as its page lists it. */
export interface DeviceWorkItem {
  id: string;
  kind: WorkKind;
  ref: string;
  title: string;
  status: string;
  /** When it happened: was raised or planned while open, was ended once over. */
  at: string;
}

/** What stands open on a device and what is over, from its records. */
export interface DeviceWorkLists {
  open: DeviceWorkItem[];
  over: DeviceWorkItem[];
}

/** Parts a device's work into what is open, soonest first, and what is over, latest first. */
export const partWork = (records: {
  tickets: readonly DataOf<"ticket">[];
  alarms: readonly DataOf<"alarm">[];
  visits: readonly DataOf<"visit">[];
}): DeviceWorkLists => {
  const open: DeviceWorkItem[] = [];
  const over: DeviceWorkItem[] = [];
  for (const t of records.tickets) {
    const item = {
      id: t.id,
      kind: "ticket" as const,
      ref: t.ref,
      title: t.title,
      status: t.status,
    };
    if (t.status === "resolved") over.push({ ...item, at: t.resolvedAt ?? t.openedAt });
    else open.push({ ...item, at: t.openedAt });
  }
  for (const a of records.alarms) {
    const item = { id: a.id, kind: "alarm" as const, ref: a.ref, title: a.title, status: a.status };
    if (a.status === "active") open.push({ ...item, at: a.raisedAt });
    else over.push({ ...item, at: a.clearedAt ?? a.acknowledgedAt ?? a.raisedAt });
  }
  for (const v of records.visits) {
    const item = { id: v.id, kind: "visit" as const, ref: v.ref, title: v.title, status: v.status };
    if (v.status === "completed" || v.status === "cancelled") {
      over.push({ ...item, at: v.completedAt ?? v.windowEnd });
    } else open.push({ ...item, at: v.windowStart });
  }
  return {
    open: open.sort((a, b) => a.at.localeCompare(b.at)),
    over: over.sort((a, b) => b.at.localeCompare(a.at)),
  };
};
