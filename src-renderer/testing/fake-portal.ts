import type { Viewer } from "#shared/access/viewer.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { fakeId, hoursFrom } from "./fake-ids.ts";
import { TENANT } from "./fake-viewer.ts";
import type { FakeRecord } from "./fake-world.ts";

/** The tenants of the partners in the directory of the fake world. */
export const fakePartners = {
  nera: TENANT,
  huawei: fakeId("partner", 51),
  mega: fakeId("partner", 52),
  delta: fakeId("partner", 53),
  isan: fakeId("partner", 54),
  quiet: fakeId("partner", 55),
} as const;
type PartnerName = keyof typeof fakePartners;

const directory: Record<PartnerName, [string, DataOf<"partner">["subtype"]]> = {
  nera: ["Nera", "reseller"],
  huawei: ["Huawei", "reseller"],
  mega: ["MegaWarehouse", "distributor"],
  delta: ["Blue Delta Service", "reseller"],
  isan: ["อีสานปั๊มแอนด์โฟลว์", "reseller"],
  quiet: ["Kwae Field Engineering", "reseller"],
};

/** Site, region, what stands there and how many of it. */
const places = [
  ["Laem Chabang cold store", "Eastern Thailand", "Chiller", "CX-40", "chiller", 6],
  ["Bang Na distribution centre", "Central Thailand", "Chiller", "CX-80", "chiller", 4],
  ["Khon Kaen hub", "Northeastern Thailand", "Pump", "HP-75", "pump", 5],
  ["ศูนย์กระจายสินค้าเชียงใหม่", "Northern Thailand", "Weather station", "SS-12", "sensor-station", 3],
  ["Rangsit depot", "Central Thailand", "Pump", "HP-30", "pump", 3],
] as const;

const days = 24;

/** What the customer of the fake world has besides: more sites, several partners, and gaps. */
export const fakePortal = (now: number, { tenant }: Viewer): FakeRecord[] => {
  if (tenant.kind !== "customer") return [];
  const at = (hours: number) => hoursFrom(now, hours);
  const customer = { customerId: tenant.id, customerName: tenant.name };
  const devices = places.flatMap(([siteName, region, label, model, type, count], p) =>
    Array.from({ length: count }, (_, n): DataOf<"device"> => {
      const number = p * 10 + n;
      return {
        ...{ ...customer, siteName, region, model, type, id: fakeId("device", 100 + number) },
        name: `${label} ${p + 4}-${n + 1}`,
        serial: `RS${(number * 104_729 + 7_310_000).toString(36).toUpperCase()}`,
        tier: "standard",
        installedAt: at(-days * (200 + number * 9)),
        components: ["motor", "controller"],
        thresholds: [],
      };
    }),
  );
  const idsAt = (place: number) =>
    devices.filter(({ siteName }) => siteName === places[place]?.[0]).map(({ id }) => id);

  const agreement = (
    n: number,
    partner: PartnerName,
    place: number,
    tier: DataOf<"agreement">["tier"],
    from: number,
    to: number,
    successor: string | null = null,
  ): FakeRecord => ({
    kind: "agreement",
    data: {
      ...{ ...customer, id: fakeId("agreement", 100 + n), number: `SA-2026-0${30 + n}`, tier },
      partnerId: fakePartners[partner],
      deviceIds: idsAt(place),
      startsAt: at(from * days),
      endsAt: at(to * days),
      status: "active",
      successor: successor === null ? null : { partnerName: successor, at: at(to * days) },
    },
  });

  const grant = (
    n: number,
    partner: PartnerName,
    to: number,
    reach: Partial<DataOf<"grant">>,
  ): FakeRecord => ({
    kind: "grant",
    data: {
      ...{ ...customer, id: fakeId("grant", 100 + n), partnerId: fakePartners[partner] },
      ...{ regions: [], sites: [], deviceIds: [], telemetry: false },
      until: at(to * days),
      status: "active",
      ...reach,
    },
  });

  return [
    ...Object.entries(directory).map(
      ([key, [name, subtype]], n): FakeRecord => ({
        kind: "partner",
        data: {
          id: fakeId("partner", n),
          tenantId: fakePartners[key as PartnerName],
          name,
          subtype,
        },
      }),
    ),
    ...devices.map((data): FakeRecord => ({ kind: "device", data })),
    agreement(0, "huawei", 0, "premium", -320, 41, "Blue Delta Service"),
    agreement(1, "delta", 0, "premium", 41, 771),
    agreement(2, "nera", 1, "critical", -60, 400),
    agreement(3, "isan", 2, "standard", -100, 260),
    agreement(4, "huawei", 4, "essential", -390, -20),
    grant(0, "huawei", 25, { regions: ["Eastern Thailand"] }),
    grant(1, "mega", 300, { sites: [places[3][0]], telemetry: true }),
    grant(2, "delta", 90, { status: "withdrawn" }),
  ];
};
