import { v5, v7 } from "uuid";
import { placeOf } from "../domain/common.ts";
import type { Actor, Intent, Kind } from "../domain/intent.ts";
import type { DataOf, IntentType } from "../domain/registry.ts";

/** A stable id for a name. */
export const id = (name: string): string => v5(name, "6ba7b810-9dad-11d1-80b4-00c04fd430c8");

/** The instant at which the test world stands. */
export const NOW = "2026-06-15T03:00:00.000Z";

/** A device of a customer in a region. */
export const device = (name: string, customer: string, region: string): DataOf<"device"> => ({
  id: id(name),
  customerId: id(customer),
  customerName: customer,
  name,
  model: "CW-40",
  serial: `serial-of-${name}`,
  type: "pump",
  siteName: `${customer} plant`,
  region,
  tier: "premium",
  installedAt: "2020-01-01T00:00:00.000Z",
  components: [],
  thresholds: [],
});

/** A new ticket on a device. */
export const ticket = (name: string, on: DataOf<"device">): DataOf<"ticket"> => ({
  ...placeOf(on),
  id: id(name),
  ref: "T-000000",
  title: `Ticket ${name}`,
  detail: "",
  priority: 2,
  component: null,
  failureCode: null,
  status: "new",
  assigneeId: null,
  assigneeName: null,
  alarmId: null,
  openedAt: "2026-06-15T01:00:00.000Z",
  openedBy: "Device",
  respondedAt: null,
  resolvedAt: null,
  resolution: null,
  notes: [],
});

/** A scheduled visit of Nera on a device, with one required checklist item. */
export const visit = (
  name: string,
  on: DataOf<"device">,
  assignee: string | null,
): DataOf<"visit"> => ({
  ...placeOf(on),
  id: id(name),
  ref: "V-000000",
  partnerId: id("Nera"),
  title: `Visit ${name}`,
  purpose: "preventive",
  ticketId: null,
  status: "scheduled",
  assigneeId: assignee === null ? null : id(assignee),
  assigneeName: assignee,
  windowStart: "2026-06-15T02:00:00.000Z",
  windowEnd: "2026-06-15T05:00:00.000Z",
  checklist: [{ id: id("item"), text: "Isolate power", required: true, done: false, doneAt: null }],
  travelStartedAt: null,
  arrivedAt: null,
  completedAt: null,
  outcome: null,
  summary: null,
  labourMinutes: null,
  notes: [],
});

/** An agreement of a partner on devices of one customer. */
export const agreement = (
  name: string,
  partner: string,
  on: DataOf<"device">[],
  endsAt = "2027-01-01T00:00:00.000Z",
): DataOf<"agreement"> => ({
  id: id(name),
  number: name,
  customerId: on[0]?.customerId ?? "",
  customerName: on[0]?.customerName ?? "",
  partnerId: id(partner),
  tier: "premium",
  deviceIds: on.map((d) => d.id),
  startsAt: "2026-01-01T00:00:00.000Z",
  endsAt,
  status: "active",
  successor: null,
});

/** What a customer grants a partner: everything, unless narrowed. */
export const grant = (
  customer: string,
  partner: string,
  narrowed: Partial<DataOf<"grant">> = {},
): DataOf<"grant"> => ({
  id: id(`${customer}→${partner}`),
  customerId: id(customer),
  customerName: customer,
  partnerId: id(partner),
  regions: [],
  deviceIds: [],
  telemetry: true,
  until: "2027-06-01T00:00:00.000Z",
  status: "active",
  ...narrowed,
});

/** An intent as a well-behaved client would make it. */
export const intent = (
  actor: string,
  type: IntentType,
  targetId: string,
  payload: Record<string, unknown> = {},
  over: Partial<Intent> = {},
): Intent => ({
  id: v7(),
  type,
  target: { kind: type.split(".")[0] as Kind, id: targetId },
  payload,
  actor: id(actor),
  deviceTime: NOW,
  baseRev: 1,
  after: null,
  skew: null,
  saw: {},
  mends: null,
  ...over,
});

/** Someone of the reseller Nera, acting. */
export const actor = (name: string): Actor => ({
  ...{ accountId: id(name), name, tenantId: id("Nera"), tenantName: "Nera" },
  ...{ kind: "partner", subtype: "reseller" },
});
