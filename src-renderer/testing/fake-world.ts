import type { Viewer } from "#shared/access/viewer.ts";
import { readsKind } from "#shared/access/visibility.ts";
import { refOf } from "#shared/domain/common.ts";
import type { Kind } from "#shared/domain/intent.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { fakeHistory } from "./fake-history.ts";
import { fakeId, hoursFrom } from "./fake-ids.ts";
import { fakePeople, fakeRoles } from "./fake-people.ts";
import { fakePortal } from "./fake-portal.ts";
import { TENANT } from "./fake-viewer.ts";

/** A record of the fake world. */
export type FakeRecord = { [K in Kind]: { kind: K; data: DataOf<K> } }[Kind];

const customers = [
  ["Songkhla Irrigation Office", ["Southern Thailand"], "Khun Anan", "074 311 220"],
  ["Chao Phraya Dam Authority", ["Central Thailand"], "Khun Malee", "056 405 012"],
  ["Siam Cold Chain", ["Central Thailand", "Eastern Thailand"], "Khun Prasert", "02 744 1800"],
  ["Ping River Waterworks", ["Northern Thailand"], "เทศบาลนครเชียงใหม่", "053 233 178"],
  ["Andaman Resorts", ["Southern Thailand"], "Khun Nok", "076 340 480"],
] as const;

const machines = [
  ["River gauge", "RG-200", "river-gauge", ["radar head", "logger", "solar panel"]],
  ["Pump", "HP-75", "pump", ["motor", "impeller", "bearing"]],
  ["Chiller", "CX-40", "chiller", ["compressor", "condenser fan", "evaporator"]],
  ["Weather station", "SS-12", "sensor-station", ["anemometer", "rain gauge"]],
] as const;

const sites = [
  "North weir",
  "Pump house 2",
  "Cold store B",
  "Intake",
  "Main gate",
  "สถานีสะพานนวรัฐ",
];
const tiers = ["critical", "premium", "standard", "essential"] as const;
const faults = [
  "Level reading drifts after rain",
  "Vibration above normal on start",
  "No data for six hours",
  "Condenser fan stopped",
  "Bearing temperature rising",
  "ฝาครอบหัวเรดาร์ชำรุด",
  "Solar panel not charging",
  "Discharge pressure low",
];

/** Of what belongs to customers a customer sees its own; nobody a kind that its role does not read. */
const seen = ({ tenant, ...viewer }: Viewer, { kind, data }: FakeRecord): boolean => {
  if (!readsKind({ tenant, ...viewer }, kind)) return false;
  if (tenant.kind !== "customer" || ["person", "role", "partner"].includes(kind)) return true;
  return (kind === "customer" ? data.id : "customerId" in data && data.customerId) === tenant.id;
};

/** A few dozen plausible records around `now`, as far as `viewer` sees them. */
export const fakeWorld = (now: number, viewer: Viewer): FakeRecord[] => {
  const at = (hours: number) => hoursFrom(now, hours);
  const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
  const records: FakeRecord[] = [];

  const people = fakePeople(viewer, now);
  for (const data of people) records.push({ kind: "person", data });
  for (const data of fakeRoles(viewer)) records.push({ kind: "role", data });

  const devices: DataOf<"device">[] = [];
  customers.forEach(([name, regions, contact, phone], c) => {
    const customerId = fakeId("customer", c);
    records.push({
      kind: "customer",
      data: {
        id: customerId,
        name,
        regions: [...regions],
        address: `${12 + c} Moo ${c + 1}, Thailand`,
        contact: { name: contact, phone },
      },
    });
    for (let n = 0; n < 5; n += 1) {
      const [label, model, type, components] = pick(machines, c + n);
      const region = pick(regions, n);
      devices.push({
        id: fakeId("device", c * 5 + n),
        customerId,
        customerName: name,
        name: `${label} ${c + 1}-${n + 1}`,
        model,
        serial: `RS${(c * 7919 + n * 104_729 + 310_000).toString(36).toUpperCase()}`,
        type,
        siteName: pick(sites, c + n),
        region,
        tier: pick(tiers, c + n * 2),
        installedAt: at(-24 * (300 + c * 40 + n)),
        components: [...components],
        thresholds: [{ metric: "level", unit: "m", high: 4.2, low: 0.4 }],
      });
    }
    const mine = devices.filter((d) => d.customerId === customerId);
    const south = regions.some((region) => region === "Southern Thailand");
    records.push({
      kind: "agreement",
      data: {
        id: fakeId("agreement", c),
        number: `SA-2025-${140 + c}`,
        customerId,
        customerName: name,
        partnerId: TENANT,
        tier: pick(tiers, c),
        deviceIds: mine.map((d) => d.id),
        startsAt: at(-24 * 400),
        endsAt: at(24 * (south ? 38 : 200 + c)),
        status: "active",
        successor: south ? { partnerName: "Huawei", at: at(24 * 38) } : null,
      },
    });
    records.push({
      kind: "grant",
      data: {
        id: fakeId("grant", c),
        customerId,
        customerName: name,
        partnerId: TENANT,
        regions: [],
        deviceIds: [],
        telemetry: c !== 4,
        until: at(24 * (90 + c * 30)),
        status: "active",
      },
    });
  });
  for (const data of devices) records.push({ kind: "device", data });
  const workers = people.slice(0, 4);
  records.push(...fakeHistory({ devices, people: workers, faults, at, tenant: TENANT, refOf }));
  records.push(...fakePortal(now, viewer));
  return records.filter((record) => seen(viewer, record));
};
