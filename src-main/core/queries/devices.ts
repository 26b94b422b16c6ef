import type { MangoQuerySelector, RxCollection } from "rxdb/plugins/core";
import type { Device } from "#shared/domain/device/device.ts";
import type { DeviceRow, Facets } from "#shared/ipc/views.ts";
import type { LocalRecord } from "../records/local-record.ts";
import { ask, count } from "../records/queries.ts";
import { searchSelectors } from "./work.ts";

/** How the list of devices is narrowed; empty narrows nothing. */
export interface DeviceFilter {
  search: string;
  customers: string[];
  regions: string[];
  offset: number;
  limit: number;
}

/** A stretch of the covered devices, by name, with what stands open on each. */
export const devicePage = async (
  records: RxCollection<LocalRecord>,
  filter: DeviceFilter,
): Promise<{ rows: DeviceRow[]; total: number }> => {
  const parts: MangoQuerySelector<LocalRecord>[] = [
    { kind: "device" },
    ...(filter.customers.length > 0 ? [{ customerId: { $in: filter.customers } }] : []),
    ...(filter.regions.length > 0 ? [{ region: { $in: filter.regions } }] : []),
    ...searchSelectors(filter.search),
  ];
  const selector = { $and: parts };
  const { offset: skip, limit } = filter;
  const found = await ask(records, { selector, sort: [{ search: "asc" }], skip, limit });
  return {
    rows: await Promise.all(found.map((record) => deviceRow(records, record))),
    total: await count(records, selector),
  };
};

const deviceRow = async (
  records: RxCollection<LocalRecord>,
  record: LocalRecord,
): Promise<DeviceRow> => {
  const device = record.data as Device;
  const open = await ask(records, { selector: { queue: "1", deviceId: record.id } });
  const visits = open.filter((r) => r.kind === "visit").sort((a, b) => a.due - b.due);
  const { id, name, model, serial, type, customerId, customerName, siteName, region, tier } =
    device;
  return {
    ...{ id, name, model, serial, type, customerId, customerName, siteName, region, tier },
    until: record.until === "" ? null : record.until,
    openTickets: open.filter((r) => r.kind === "ticket").length,
    openAlarms: open.filter((r) => r.kind === "alarm").length,
    nextVisit: visits[0] === undefined ? null : new Date(visits[0].at).toISOString(),
  };
};

/** What the lists can be narrowed by: only what there is. */
export const facets = async (records: RxCollection<LocalRecord>): Promise<Facets> => {
  const [customers, devices, people] = await Promise.all([
    ask(records, { selector: { kind: "customer" } }),
    ask(records, { selector: { kind: "device" } }),
    ask(records, { selector: { kind: "person" } }),
  ]);
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  return {
    customers: customers.map((r) => ({ id: r.id, name: String(r.data.name) })).sort(byName),
    regions: [...new Set(devices.map((r) => r.region))].sort(),
    people: people
      .map((r) => ({
        id: r.id,
        name: String(r.data.name),
        takesWork: r.data.takesWork === true,
      }))
      .sort(byName),
  };
};
