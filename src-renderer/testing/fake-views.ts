import { indexFields, ticketPromise } from "#shared/domain/index-fields.ts";
import type { Intent } from "#shared/domain/intent.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import {
  type DeviceRow,
  DUE_SOON_MS,
  type Facets,
  type Overview,
  type WorkFilter,
  type WorkRow,
} from "#shared/ipc/views.ts";
import { ME } from "./fake-viewer.ts";
import type { FakeRecord } from "./fake-world.ts";

type Work = Extract<FakeRecord, { kind: "ticket" | "alarm" | "visit" }>;

const isWork = (record: FakeRecord): record is Work =>
  record.kind === "ticket" || record.kind === "alarm" || record.kind === "visit";

const indexed = (record: FakeRecord) => indexFields(record.kind, record.data.id, record.data);

const specifics = (record: Work) => {
  if (record.kind === "ticket") {
    const { priority, assigneeId, assigneeName, openedAt, resolvedAt } = record.data;
    const span = { begins: openedAt, ended: resolvedAt, windowEnd: null };
    const promise = ticketPromise(record.data);
    return { priority, assigneeId, assigneeName, promise, ...span };
  }
  if (record.kind === "alarm") {
    const { raisedAt, clearedAt, acknowledgedAt, severity } = record.data;
    const span = { begins: raisedAt, ended: clearedAt ?? acknowledgedAt, windowEnd: null };
    const none = { assigneeId: null, assigneeName: null };
    return { priority: severity, ...none, promise: "acknowledge" as const, ...span };
  }
  const { assigneeId, assigneeName, arrivedAt, windowStart, windowEnd, completedAt } = record.data;
  const span = { begins: windowStart, ended: completedAt, windowEnd };
  const promise = arrivedAt === null ? ("begin" as const) : ("finish" as const);
  return { priority: null, assigneeId, assigneeName, promise, ...span };
};

const rowOf = (record: Work, pending: ReadonlyMap<string, Intent[]>): WorkRow => {
  const { id, ref, title, status, tier, customerId, customerName } = record.data;
  const { siteName, region, deviceId, deviceName } = record.data;
  return {
    ...{ id, kind: record.kind, ref, title, status, tier, customerId, customerName },
    ...{ siteName, region, deviceId, deviceName, due: indexed(record).due },
    ...specifics(record),
    pending: pending.get(id)?.length ?? 0,
  };
};

const among = <T>(list: readonly T[], value: T) => list.length === 0 || list.includes(value);

const owes = (due: number, asked: WorkFilter["due"]): boolean => {
  const left = due - Date.now();
  if (asked === "overdue") return left < 0;
  return asked === "any" || (left >= 0 && left < DUE_SOON_MS);
};

const fits = (record: Work, row: WorkRow, filter: WorkFilter): boolean => {
  const fields = indexed(record);
  const who = row.assigneeId === null ? ["nobody"] : [row.assigneeId];
  if (row.assigneeId === ME) who.push("me");
  return (
    fields.queue === (filter.state === "open" ? "1" : "0") &&
    among(filter.customers, row.customerId) &&
    among(filter.regions, row.region) &&
    among(filter.kinds, row.kind) &&
    among(filter.statuses, row.status) &&
    (filter.assignees.length === 0 || who.some((one) => filter.assignees.includes(one))) &&
    owes(row.due, filter.due) &&
    (filter.deviceId === null || filter.deviceId === row.deviceId) &&
    fields.search.includes(filter.search.trim().toLowerCase())
  );
};

/** The queue as `filter` narrows it, in the order of what is owed. */
export const fakeQueue = (
  records: readonly FakeRecord[],
  pending: ReadonlyMap<string, Intent[]>,
  filter: WorkFilter,
): WorkRow[] =>
  records
    .filter(isWork)
    .map((record) => ({ record, row: rowOf(record, pending) }))
    .filter(({ record, row }) => fits(record, row, filter))
    .map(({ row }) => row)
    .sort((a, b) => (filter.state === "open" ? a.due - b.due : b.due - a.due));

/** What needs me now, from the open queue. */
export const fakeOverview = (open: readonly WorkRow[], now: number): Overview => {
  const overdue = open.filter((row) => row.due < now);
  const customers = new Map(open.map((row) => [row.customerId, row.customerName]));
  return {
    overdue: overdue.length,
    dueSoon: open.filter((row) => row.due >= now && row.due < now + DUE_SOON_MS).length,
    open: open.length,
    unassigned: open.filter((row) => row.assigneeId === null && row.kind !== "alarm").length,
    activeAlarms: open.filter((row) => row.kind === "alarm").length,
    mine: open.filter((row) => row.assigneeId === ME).slice(0, 8),
    next: open.slice(0, 8),
    visitsToday: open.filter((row) => row.kind === "visit").slice(0, 6),
    byCustomer: [...customers].map(([id, name]) => ({
      id,
      name,
      open: open.filter((row) => row.customerId === id).length,
      overdue: overdue.filter((row) => row.customerId === id).length,
    })),
  };
};

/** The covered devices, by name. */
export const fakeDevices = (
  records: readonly FakeRecord[],
  open: readonly WorkRow[],
  ask: { search: string; customers: string[]; regions: string[] },
): DeviceRow[] =>
  records
    .flatMap((record) => (record.kind === "device" ? [record] : []))
    .filter(
      (record) =>
        among(ask.customers, record.data.customerId) &&
        among(ask.regions, record.data.region) &&
        indexed(record).search.includes(ask.search.trim().toLowerCase()),
    )
    .map(({ data }) => deviceRow(data, records, open))
    .sort((a, b) => a.name.localeCompare(b.name));

const deviceRow = (
  { components: _c, thresholds: _t, installedAt: _i, ...device }: DataOf<"device">,
  records: readonly FakeRecord[],
  open: readonly WorkRow[],
): DeviceRow => {
  const here = open.filter((row) => row.deviceId === device.id);
  const next = here.find((row) => row.kind === "visit");
  const agreement = records.find(
    (record) => record.kind === "agreement" && record.data.deviceIds.includes(device.id),
  );
  return {
    ...device,
    until: agreement?.kind === "agreement" ? agreement.data.endsAt : null,
    openTickets: here.filter((row) => row.kind === "ticket").length,
    openAlarms: here.filter((row) => row.kind === "alarm").length,
    nextVisit: next === undefined ? null : new Date(next.due).toISOString(),
  };
};

/** What the lists can be filtered by. */
export const fakeFacets = (records: readonly FakeRecord[]): Facets => ({
  customers: records.flatMap((r) =>
    r.kind === "customer" ? [{ id: r.data.id, name: r.data.name }] : [],
  ),
  regions: [
    ...new Set(records.flatMap((r) => (r.kind === "device" ? [r.data.region] : []))),
  ].sort(),
  people: records.flatMap((r) =>
    r.kind === "person" ? [{ id: r.data.id, name: r.data.name, takesWork: r.data.takesWork }] : [],
  ),
});
