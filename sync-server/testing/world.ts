import { templateLevels } from "#shared/access/nav.ts";
import type { Kind } from "#shared/domain/intent.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { agreement, device, grant, id, ticket, visit } from "#shared/testing/builders.ts";
import type { Store } from "../store/store.ts";
import { coverageRows, type RecordWrite, recordRow } from "../sync/write-records.ts";

/** Two resellers, one customer each of its own and one they share, and a device outside every grant. */
export const devices = {
  pump: device("pump", "Acme", "North"),
  chiller: device("chiller", "Acme", "South"),
  gauge: device("gauge", "Beta", "North"),
  rival: device("rival-device", "Acme", "North"),
};

const customer = (name: string): DataOf<"customer"> => ({
  id: id(name),
  name,
  regions: [],
  address: "",
  contact: { name: "", phone: "" },
});

const person = (name: string, tenant: string): DataOf<"person"> => ({
  id: id(name),
  tenantId: id(tenant),
  name,
  roleName: "",
  takesWork: true,
});

const telemetry = (on: DataOf<"device">): DataOf<"telemetry"> => ({
  id: id(`telemetry of ${on.name}`),
  customerId: on.customerId,
  deviceId: on.id,
  metric: "temperature",
  unit: "°C",
  from: "2026-06-14T00:00:00.000Z",
  to: "2026-06-15T00:00:00.000Z",
  readings: [[1, 20]],
});

const write = <K extends Kind>(kind: K, data: DataOf<K>): RecordWrite => ({
  kind,
  id: data.id,
  data,
});

/** Every record of the test world. */
const records: RecordWrite[] = [
  write("customer", customer("Acme")),
  write("customer", customer("Beta")),
  ...Object.values(devices).map((d) => write("device", d)),
  write("agreement", agreement("Nera-Acme", "Nera", [devices.pump, devices.chiller])),
  write("agreement", agreement("Rival-Acme", "Rival", [devices.rival])),
  write("agreement", agreement("Rival-Beta", "Rival", [devices.gauge])),
  write("grant", grant("Acme", "Nera", { regions: ["North"] })),
  write("grant", grant("Acme", "Rival")),
  write("grant", grant("Beta", "Rival", { telemetry: false })),
  ...["Nok", "Tam", "Ton", "Sai"].map((name) => write("person", person(name, "Nera"))),
  write("person", person("Rex", "Rival")),
  write("ticket", ticket("pump-ticket", devices.pump)),
  write("ticket", ticket("chiller-ticket", devices.chiller)),
  write("ticket", ticket("rival-ticket", devices.rival)),
  write("ticket", ticket("gauge-ticket", devices.gauge)),
  write("visit", visit("pump-visit", devices.pump, "Tam")),
  ...Object.values(devices).map((d) => write("telemetry", telemetry(d))),
];

const tenants = [
  { name: "Nera", kind: "partner", subtype: "reseller", entitlements: ["partners", "account"] },
  { name: "Rival", kind: "partner", subtype: "reseller", entitlements: ["partners", "account"] },
  { name: "Acme", kind: "customer", subtype: null, entitlements: ["portal", "account"] },
];

const people = [
  { name: "Nok", tenant: "Nera", template: "coordinator", scope: "coverage" },
  { name: "Tam", tenant: "Nera", template: "coordinator", scope: "own-visits" },
  { name: "Ton", tenant: "Nera", template: "coordinator", scope: "own-visits" },
  { name: "Sai", tenant: "Nera", template: "sales", scope: "coverage" },
  { name: "Rex", tenant: "Rival", template: "coordinator", scope: "coverage" },
  { name: "Ann", tenant: "Acme", template: null, scope: "coverage" },
] as const;

/** Puts the test world into an empty store, as it would be before anyone has signed in. */
export const seed = async ({ db }: Store): Promise<void> => {
  await db
    .insertInto("tenant")
    .values(
      tenants.map((t) => ({
        id: id(t.name),
        name: t.name,
        kind: t.kind,
        subtype: t.subtype,
        tier: t.subtype && "gold",
        entitlements: JSON.stringify(t.entitlements),
      })),
    )
    .execute();
  for (const p of people) {
    const role_id = p.template === null ? null : id(`role of ${p.name}`);
    if (p.template !== null && role_id !== null) {
      await db
        .insertInto("role")
        .values({
          id: role_id,
          tenant_id: id(p.tenant),
          app: "partners",
          name: p.template,
          template: p.template,
          levels: JSON.stringify(templateLevels("reseller", p.template)),
          scope: p.scope,
        })
        .execute();
    }
    await db
      .insertInto("account")
      .values({
        id: id(p.name),
        tenant_id: id(p.tenant),
        login: p.name,
        name: p.name,
        email: `${p.name}@example.org`,
        role_id,
        suspended: 0,
        locale: "en",
      })
      .execute();
  }
  await db.insertInto("record").values(records.map(recordRow)).execute();
  const agreements = records.filter((r) => r.kind === "agreement");
  await db
    .insertInto("coverage")
    .values(agreements.flatMap((r) => coverageRows(r.data as DataOf<"agreement">)))
    .execute();
};
