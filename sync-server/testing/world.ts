import { levelsOf, type MenuOwner, type RoleTemplate } from "#shared/access/menu.ts";
import { everywhere, ownVisits, type Scope } from "#shared/access/scope.ts";
import type { App } from "#shared/access/viewer.ts";
import type { Kind } from "#shared/domain/intent.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { agreement, device, grant, id, ticket, visit } from "#shared/testing/builders.ts";
import type { Store } from "../store/store.ts";
import { insertWorld } from "../sync/derived-rows.ts";
import type { RecordWrite } from "../sync/record-row.ts";

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

interface TestPerson {
  name: string;
  tenant: string;
  template: RoleTemplate | null;
  scope?: Scope;
  /** Where their role is granted. */
  apps?: App[];
}

const people: TestPerson[] = [
  { name: "Nok", tenant: "Nera", template: "coordinator" },
  { name: "Tam", tenant: "Nera", template: "coordinator", scope: ownVisits },
  { name: "Ton", tenant: "Nera", template: "coordinator", scope: ownVisits },
  { name: "Sai", tenant: "Nera", template: "sales" },
  { name: "Ada", tenant: "Nera", template: "administrator", apps: ["account"] },
  { name: "Una", tenant: "Nera", template: "owner", apps: ["account"] },
  { name: "Rex", tenant: "Rival", template: "coordinator" },
  { name: "Ann", tenant: "Acme", template: null },
  { name: "Cora", tenant: "Acme", template: "owner", apps: ["portal", "account"] },
];

const ownerOf = (tenant: string): MenuOwner =>
  tenants.find(({ name }) => name === tenant)?.kind === "customer"
    ? { kind: "customer", subtype: null }
    : { kind: "partner", subtype: "reseller" };

/** Each has a role of their own, so that a test can change one and nobody else's. */
const roleOf = ({ name, tenant, template, scope = everywhere, apps = ["partners"] }: TestPerson) =>
  template === null
    ? []
    : [
        write("role", {
          ...{ id: id(`role of ${name}`), tenantId: id(tenant), name: `${template} ${name}` },
          ...{ template, apps, scope, status: "active" },
          levels: levelsOf(template, ownerOf(tenant), apps),
        }),
      ];

const peopleRecords: RecordWrite[] = people.flatMap((person) => [
  ...roleOf(person),
  write("person", {
    id: id(person.name),
    tenantId: id(person.tenant),
    name: person.name,
    roleName: "",
    takesWork: true,
    access: {
      email: person.name,
      locale: "en",
      status: "active",
      roles: Object.fromEntries(
        person.template === null
          ? []
          : (person.apps ?? ["partners"]).map((app) => [app, id(`role of ${person.name}`)]),
      ),
      scope: null,
      ...{ invitedBy: "", invitedAt: null, inviteUntil: null, inviteHash: null },
    },
  }),
]);

const partner = (name: string) =>
  write("partner", {
    ...{ id: id(`partner ${name}`), tenantId: id(name), name, subtype: "reseller" },
  });

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
  await insertWorld(db, [...records, ...peopleRecords, partner("Nera"), partner("Rival")]);
};
