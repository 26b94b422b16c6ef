import type { RecordWrite } from "#server/sync/record-row.ts";
import { levelsOf } from "#shared/access/menu.ts";
import { everywhere } from "#shared/access/scope.ts";
import { type Kind, kinds } from "#shared/domain/intent.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { agreement, device, grant, id, NOW, ticket, visit } from "#shared/testing/builders.ts";

/** Stands in every foreign record, and so never in an answer to whoever attacks. */
export const SECRET = "zq-secret";

/** The id of the foreign record of a kind. */
export const foreignId = (kind: Kind): string => id(`secret ${kind}`);

/** A device of the customer Beta, which Rival alone covers; nobody at Nera or Acme may know of it. */
const place = {
  ...device("secret device", "Beta", "North"),
  name: `${SECRET} device`,
  siteName: `${SECRET} site`,
  serial: `${SECRET} serial`,
  customerName: `${SECRET} owner`,
};

const data: { [K in Kind]: DataOf<K> } = {
  customer: {
    id: foreignId("customer"),
    name: `${SECRET} customer`,
    regions: [`${SECRET} region`],
    address: `${SECRET} address`,
    contact: { name: `${SECRET} contact`, phone: "" },
  },
  device: place,
  agreement: {
    ...agreement("secret agreement", "Rival", [place]),
    number: `${SECRET} number`,
  },
  grant: {
    ...grant("Beta", "Rival"),
    id: foreignId("grant"),
    customerName: `${SECRET} grantor`,
  },
  ticket: {
    ...ticket("secret ticket", place),
    title: `${SECRET} title`,
    status: "assigned",
    assigneeId: id("Rex"),
    assigneeName: `${SECRET} assignee`,
  },
  alarm: {
    ...place,
    ...{ id: foreignId("alarm"), deviceId: place.id, deviceName: place.name, ref: "A-000000" },
    ...{ rule: `${SECRET} rule`, title: `${SECRET} alarm`, severity: 1, metric: null, value: null },
    ...{ lower: null, upper: null, status: "active", raisedAt: NOW, clearedAt: null },
    ...{ acknowledgedAt: null, acknowledgedBy: null, comment: null },
  },
  visit: {
    ...visit("secret visit", place, "Rex"),
    partnerId: id("Rival"),
    title: `${SECRET} visit`,
  },
  person: {
    ...{ id: foreignId("person"), tenantId: id("Rival"), name: `${SECRET} person` },
    ...{ roleName: `${SECRET} role`, takesWork: true },
    access: {
      ...{ email: "zq-secret@rival.example", locale: "en", status: "active", roles: {} },
      ...{ scope: null, invitedBy: "", invitedAt: null, inviteUntil: null, inviteHash: null },
    },
  },
  telemetry: {
    ...{ id: foreignId("telemetry"), customerId: id("Beta"), deviceId: place.id },
    ...{ metric: `${SECRET} metric`, unit: "°C", readings: [[1, 20]] },
    ...{ from: "2026-06-14T00:00:00.000Z", to: "2026-06-15T00:00:00.000Z" },
  },
  role: {
    ...{ id: foreignId("role"), tenantId: id("Rival"), name: `${SECRET} role` },
    ...{ template: "coordinator", apps: ["partners"], scope: everywhere, status: "active" },
    levels: levelsOf("coordinator", { kind: "partner", subtype: "reseller" }, ["partners"]),
  },
  // Customers are shown every partner, so that they can grant to it: this one's name is no secret.
  partner: {
    ...{ id: foreignId("partner"), tenantId: id("Rival"), name: "Rival Two" },
    subtype: "reseller",
  },
};

/** One record of each kind that is Rival's or Beta's alone. */
export const foreignRecords: RecordWrite[] = kinds.map((kind) => ({
  kind,
  id: foreignId(kind),
  data: data[kind],
}));
