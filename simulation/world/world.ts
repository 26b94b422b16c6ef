import { templateLevels } from "#shared/access/nav.ts";
import { everywhere, ownVisits } from "#shared/access/scope.ts";
import { placeOf } from "#shared/domain/common.ts";
import type { Kind } from "#shared/domain/intent.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { agreement, device, grant, id, ticket, visit } from "#shared/testing/builders.ts";
import { canary, marked } from "./canary.ts";

/** When the simulated world begins. */
export const START = Date.parse("2026-06-15T03:00:00.000Z");
const HOUR = 3_600_000;
const after = (hours: number) => new Date(START + hours * HOUR).toISOString();

/** A record of the world as it is at the start. */
export interface Written {
  kind: Kind;
  id: string;
  data: { id: string };
}

export const tenants = [
  { name: "Nera", kind: "partner", subtype: "reseller", entitlements: ["partners", "account"] },
  { name: "Rival", kind: "partner", subtype: "reseller", entitlements: ["partners", "account"] },
  { name: "Acme", kind: "customer", subtype: null, entitlements: ["portal", "account"] },
  { name: "Beta", kind: "customer", subtype: null, entitlements: ["portal", "account"] },
] as const;

/** Nok and Nan look through one lens; technicians through one of their own. */
export const people = [
  { name: "Nok", tenant: "Nera", template: "coordinator", scope: everywhere },
  { name: "Nan", tenant: "Nera", template: "coordinator", scope: everywhere },
  { name: "Tam", tenant: "Nera", template: "coordinator", scope: ownVisits },
  { name: "Ton", tenant: "Nera", template: "coordinator", scope: ownVisits },
  { name: "Sai", tenant: "Nera", template: "sales", scope: everywhere },
  { name: "Rex", tenant: "Rival", template: "coordinator", scope: everywhere },
  { name: "Roy", tenant: "Rival", template: "coordinator", scope: ownVisits },
] as const;

/** Whose token speaks for which organisation. */
export const tenantOf = (who: string): string =>
  people.find((person) => person.name === who)?.tenant ?? "";

const aDevice = (name: string, customer: string, region: string) => {
  const made = device(name, customer, region);
  const customerName = `${customer} ${canary(id(customer), "name")}`;
  return { ...marked(made, "name", "model", "serial", "siteName"), customerName };
};

const named = {
  pump: aDevice("pump", "Acme", "North"),
  chiller: aDevice("chiller", "Acme", "South"),
  shared: aDevice("shared", "Acme", "North"),
  rival: aDevice("rival", "Acme", "North"),
  gauge: aDevice("gauge", "Beta", "North"),
  spare: aDevice("spare", "Beta", "South"),
};

/** Every device: of two customers in two regions, covered by one partner, by both, or soon by the other. */
export const devices = Object.values(named);
const { pump, chiller, shared, rival, gauge, spare } = named;

/** Every role template's levels, and one that sees no telemetry: what a role can be changed to. */
export const levels = {
  coordinator: templateLevels("reseller", "coordinator"),
  sales: templateLevels("reseller", "sales"),
  reader: { ...templateLevels("reseller", "coordinator"), workload: "read" },
  blind: { ...templateLevels("reseller", "coordinator"), "covered-devices": "hidden" },
  none: {},
} as const;

const anAgreement = (
  name: string,
  partner: string,
  on: DataOf<"device">[],
  from: string,
  to: string,
) => marked({ ...agreement(name, partner, on, to), startsAt: from }, "number");

const telemetry = (on: DataOf<"device">, name: string): DataOf<"telemetry"> =>
  marked(
    {
      id: id(`${name} of ${on.id}`),
      customerId: on.customerId,
      deviceId: on.id,
      metric: name,
      unit: "",
      from: after(-24),
      to: after(0),
      readings: [[1, 20]],
    },
    "metric",
    "unit",
  );

const alarm = (on: DataOf<"device">): DataOf<"alarm"> =>
  marked(
    {
      ...placeOf(on),
      id: id(`alarm of ${on.id}`),
      ref: "A-000000",
      rule: "",
      title: "",
      severity: 2,
      metric: null,
      value: null,
      lower: null,
      upper: null,
      status: "active",
      raisedAt: after(-3),
      clearedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      comment: null,
    },
    "rule",
    "title",
  );

const aTicket = (name: string, on: DataOf<"device">) =>
  marked(ticket(name, on), "title", "detail", "component");

const aVisit = (name: string, on: DataOf<"device">, partner: string, assignee: string | null) => ({
  ...marked(visit(name, on, assignee), "title"),
  partnerId: id(partner),
  assigneeName: assignee === null ? null : assignee,
  checklist: [1, 2].map((n) => ({
    id: id(`item ${n} of ${name}`),
    text: `item ${canary(id(name), `item ${n}`)}`,
    required: n === 1,
    done: false,
    doneAt: null,
  })),
});

const write = <K extends Kind>(kind: K, data: DataOf<K>): Written => ({ kind, id: data.id, data });

/** Every record, as it stands at the start. */
export const records: Written[] = [
  ...["Acme", "Beta"].map((name) =>
    write("customer", {
      ...marked({ id: id(name), name, regions: [], address: "" }, "name", "address"),
      contact: { name: canary(id(name), "contact"), phone: canary(id(name), "phone") },
      name: `${name} ${canary(id(name), "name")}`,
    }),
  ),
  ...devices.map((each) => write("device", each)),
  write(
    "agreement",
    anAgreement("Nera-Acme", "Nera", [pump, chiller, shared], after(-999), after(9999)),
  ),
  write("agreement", anAgreement("Nera-Beta", "Nera", [spare], after(-999), after(50))),
  write("agreement", anAgreement("Rival-Acme", "Rival", [rival, shared], after(-999), after(9999))),
  write("agreement", anAgreement("Rival-Beta", "Rival", [gauge], after(-999), after(9999))),
  write("agreement", anAgreement("Rival-Beta-next", "Rival", [spare], after(70), after(9999))),
  write("grant", grant("Acme", "Nera", { regions: ["North"] })),
  write("grant", {
    ...grant("Acme", "Nera", { regions: ["South"], telemetry: false, until: after(20) }),
    id: id("Acme→Nera, the south"),
  }),
  write("grant", grant("Beta", "Nera", { until: after(30) })),
  write("grant", grant("Acme", "Rival")),
  write("grant", grant("Beta", "Rival", { telemetry: false })),
  ...people.map(({ name, tenant, template, scope }) =>
    write("role", {
      id: id(`role of ${name}`),
      tenantId: id(tenant),
      name: `role of ${name}`,
      template,
      apps: ["partners"],
      levels: levels[template],
      scope,
      status: "active",
    }),
  ),
  ...people.map(({ name, tenant }) =>
    write("person", {
      id: id(name),
      tenantId: id(tenant),
      name,
      roleName: canary(id(name), "roleName"),
      takesWork: true,
      access: {
        email: canary(id(name), "email"),
        locale: "en",
        status: "active",
        roles: { partners: id(`role of ${name}`) },
        scope: null,
        ...{ invitedBy: "", invitedAt: null, inviteUntil: null, inviteHash: null },
      },
    }),
  ),
  ...devices.map((each) => write("ticket", aTicket(`ticket of ${each.id}`, each))),
  ...devices.map((each) => write("alarm", alarm(each))),
  ...devices.map((each) => write("telemetry", telemetry(each, "temperature"))),
  write("telemetry", telemetry(pump, "pressure")),
  write("visit", aVisit("pump-visit", pump, "Nera", "Tam")),
  write("visit", aVisit("chiller-visit", chiller, "Nera", "Ton")),
  write("visit", aVisit("shared-visit", shared, "Nera", "Tam")),
  write("visit", aVisit("spare-visit", spare, "Nera", null)),
  write("visit", aVisit("rival-visit", rival, "Rival", "Roy")),
  write("visit", aVisit("shared-rival-visit", shared, "Rival", null)),
];
