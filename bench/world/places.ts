import type { SlaTier } from "#shared/domain/common.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import type { Random } from "./random.ts";

const START = Date.parse("2026-01-05T00:00:00.000Z");
/** Long before and long after any run: no lease of the benchmark's world runs out by itself. */
const ALWAYS = { from: "2020-01-01T00:00:00.000Z", until: "2099-01-01T00:00:00.000Z" };
/** Where the devices stand. */
export const regions = ["North", "North-East", "Central", "East", "West", "South"];
const tiers: SlaTier[] = ["essential", "standard", "standard", "premium", "critical"];
const types = ["chiller", "sensor-station", "pump", "river-gauge"] as const;

/** Who and what the work of the world is about. */
export interface Places {
  customers: DataOf<"customer">[];
  devices: DataOf<"device">[];
  agreements: DataOf<"agreement">[];
  grants: DataOf<"grant">[];
  people: DataOf<"person">[];
}

/** The places of a world: `count` devices of 40 customers, all covered by one partner. */
export const makePlaces = (
  random: Random,
  count: number,
  partnerId: string,
  people: { id: string; name: string }[],
): Places => {
  const customers = Array.from({ length: 40 }, (_, i) => ({
    id: random.uuid(START + i),
    name: `Customer ${i + 1} Water Works`,
    regions: [regions[i % regions.length] ?? "North"],
    address: `${i + 1} River Road`,
    contact: { name: `Contact ${i + 1}`, phone: "+66 2 000 0000" },
  }));
  const devices = Array.from({ length: count }, (_, i) =>
    makeDevice(random, i, customers[i % customers.length] as DataOf<"customer">),
  );
  const papers = customers.map((customer, i) => {
    const of = { customerId: customer.id, customerName: customer.name, partnerId };
    const own = devices.filter((d) => d.customerId === customer.id).map((d) => d.id);
    const agreement: DataOf<"agreement"> = {
      ...of,
      id: random.uuid(START + 20_000 + i),
      number: `AG-${1000 + i}`,
      tier: tiers[i % tiers.length] ?? "standard",
      deviceIds: own,
      startsAt: ALWAYS.from,
      endsAt: ALWAYS.until,
      status: "active",
      successor: null,
    };
    const grant: DataOf<"grant"> = {
      ...of,
      id: random.uuid(START + 30_000 + i),
      regions: [],
      deviceIds: [],
      telemetry: true,
      until: ALWAYS.until,
      status: "active",
    };
    return { agreement, grant };
  });
  return {
    customers,
    devices,
    agreements: papers.map((p) => p.agreement),
    grants: papers.map((p) => p.grant),
    people: people.map((p) => ({
      ...p,
      tenantId: partnerId,
      roleName: "coordinator",
      takesWork: true,
    })),
  };
};

const makeDevice = (random: Random, i: number, customer: DataOf<"customer">): DataOf<"device"> => ({
  id: random.uuid(START + 1000 + i),
  customerId: customer.id,
  customerName: customer.name,
  name: `Device ${i + 1}`,
  model: random.pick(["CW-40", "CW-60", "RG-2", "SP-11"]),
  serial: `RS-${100_000 + i}`,
  type: types[i % types.length] ?? "pump",
  siteName: `${customer.name} site ${1 + (i % 5)}`,
  region: customer.regions[0] ?? "North",
  tier: random.pick(tiers),
  installedAt: ALWAYS.from,
  components: ["motor", "seal", "controller", "sensor"],
  thresholds: [{ metric: "temperature", unit: "°C", high: 60, low: null }],
});
