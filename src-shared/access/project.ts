import type { Agreement } from "../domain/agreement/agreement.ts";
import type { Device } from "../domain/device/device.ts";
import type { Grant } from "../domain/grant/grant.ts";
import type { Kind } from "../domain/intent.ts";
import type { Person } from "../domain/person/person.ts";
import type { TenantRole } from "../domain/role/role.ts";
import type { Visit } from "../domain/visit/visit.ts";
import type { TenantKind } from "./apps.ts";
import { scopeOf } from "./layers.ts";
import { inScope } from "./scope.ts";
import type { Viewer } from "./viewer.ts";
import { type Coverage, readsAccess, readsKind } from "./visibility.ts";

/** A record as it is stored, whole. */
export interface StoredRecord {
  id: string;
  kind: Kind;
  data: unknown;
}

/** What of a record a viewer may see, and until when; null where nothing. */
export type Projection = { data: unknown; until: string | null } | null;

/** The facts a projection is made from; the server supplies them, never a client. */
export interface ProjectionFacts {
  /** How the viewer covers the record's device, null where it has none. */
  coverage: Coverage | null;
  /** When the coverage of a device the viewer sees ends; null where it does not see it. */
  deviceUntil: (deviceId: string) => string | null;
  /** When the last coverage of a device the viewer sees of the customer ends; null where it sees none. */
  customerUntil: (customerId: string) => string | null;
}

const ofDevice = (facts: ProjectionFacts, data: unknown): Projection =>
  facts.coverage?.covered ? { data, until: facts.coverage.until } : null;

/** What is shown of some of a customer's devices, and no longer than the first of them. */
const seenDevices = (facts: ProjectionFacts, ids: readonly string[], until: string) => {
  const seen = ids.flatMap((id) => {
    const end = facts.deviceUntil(id);
    return end === null ? [] : [{ id, end }];
  });
  const first = seen.reduce((earliest, { end }) => (end < earliest ? end : earliest), until);
  return { deviceIds: seen.map(({ id }) => id), until: first };
};

type Project = (viewer: Viewer, data: never, facts: ProjectionFacts, at: string) => Projection;

/** What the people of one organisation see of each other, and of what each may do (S8). */
const ofOwnTenant: Partial<Record<Kind, Project>> = {
  person: (viewer, person: Person) => {
    if (person.tenantId !== viewer.tenant.id) return null;
    const { access, ...known } = person;
    if (access === undefined || !readsAccess(viewer)) return { data: known, until: null };
    // What proves an invitation is nobody's to read.
    const { inviteHash: _hash, ...told } = access;
    return { data: { ...known, access: told }, until: null };
  },
  role: (viewer, role: TenantRole) =>
    role.tenantId === viewer.tenant.id && role.status === "active"
      ? { data: role, until: null }
      : null,
};

/** How each kind is projected for a partner (S8): what is not seen is absent, not blanked. */
const forPartner: Partial<Record<Kind, Project>> = {
  ...ofOwnTenant,
  device: (_viewer, data, facts) => ofDevice(facts, data),
  ticket: (_viewer, data, facts) => ofDevice(facts, data),
  alarm: (_viewer, data, facts) => ofDevice(facts, data),
  visit: (viewer, visit: Visit, facts) => {
    if (visit.partnerId !== viewer.tenant.id) return null;
    const own = visit.assigneeId === viewer.accountId;
    return scopeOf(viewer).ownVisits && !own ? null : ofDevice(facts, visit);
  },
  telemetry: (_viewer, data, facts) =>
    facts.coverage?.covered && facts.coverage.telemetryUntil !== null
      ? { data, until: facts.coverage.telemetryUntil }
      : null,
  customer: (_viewer, customer: { id: string }, facts) => {
    const until = facts.customerUntil(customer.id);
    return until === null ? null : { data: customer, until };
  },
  agreement: (viewer, agreement: Agreement, facts, at) => {
    const { deviceIds, until } = seenDevices(facts, agreement.deviceIds, agreement.endsAt);
    return agreement.partnerId === viewer.tenant.id && deviceIds.length > 0 && at < agreement.endsAt
      ? { data: { ...agreement, deviceIds }, until }
      : null;
  },
  grant: (viewer, grant: Grant, facts, at) => {
    const shown = facts.customerUntil(grant.customerId);
    if (shown === null || grant.partnerId !== viewer.tenant.id) return null;
    if (grant.status !== "active" || at >= grant.until) return null;
    const end = shown < grant.until ? shown : grant.until;
    const { deviceIds, until } = seenDevices(facts, grant.deviceIds, end);
    return { data: { ...grant, deviceIds }, until };
  },
};

const ofCustomer: Project = (viewer, data: { customerId: string }) =>
  data.customerId === viewer.tenant.id ? { data, until: null } : null;

/** How each kind is projected for a customer: its own, inside the role's scope, and whom it can grant. */
const forCustomer: Partial<Record<Kind, Project>> = {
  ...ofOwnTenant,
  customer: (viewer, customer: { id: string }) =>
    customer.id === viewer.tenant.id ? { data: customer, until: null } : null,
  device: (viewer, device: Device) =>
    device.customerId === viewer.tenant.id && inScope(scopeOf(viewer), device, false)
      ? { data: device, until: null }
      : null,
  agreement: ofCustomer,
  grant: ofCustomer,
  partner: (_viewer, data) => ({ data, until: null }),
};

const projections: Record<TenantKind, Partial<Record<Kind, Project>>> = {
  partner: forPartner,
  customer: forCustomer,
  riversync: ofOwnTenant,
};

/**
 * What a viewer may see of a record at the instant `at`: layers 4 to 6 for reading (PAR-1, S8). Deny
 * by default: a kind its organisation or its roles do not read, or a device it does not cover, is
 * null.
 */
export const project = (
  viewer: Viewer,
  record: StoredRecord,
  facts: ProjectionFacts,
  at: string,
): Projection =>
  readsKind(viewer, record.kind)
    ? (projections[viewer.tenant.kind][record.kind]?.(viewer, record.data as never, facts, at) ??
      null)
    : null;
