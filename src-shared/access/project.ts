import type { Agreement } from "../domain/agreement/agreement.ts";
import type { Grant } from "../domain/grant/grant.ts";
import type { Kind } from "../domain/intent.ts";
import type { Person } from "../domain/person/person.ts";
import type { Visit } from "../domain/visit/visit.ts";
import type { Viewer } from "./viewer.ts";
import { type Coverage, readsKind } from "./visibility.ts";

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

/** How each kind is projected for a partner (S8): what is not seen is absent, not blanked. */
const projections: Record<Kind, Project> = {
  device: (_viewer, data, facts) => ofDevice(facts, data),
  ticket: (_viewer, data, facts) => ofDevice(facts, data),
  alarm: (_viewer, data, facts) => ofDevice(facts, data),
  visit: (viewer, visit: Visit, facts) => {
    if (visit.partnerId !== viewer.tenant.id) return null;
    const own = visit.assigneeId === viewer.accountId;
    return viewer.role?.scope === "own-visits" && !own ? null : ofDevice(facts, visit);
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
  person: (viewer, person: Person) =>
    person.tenantId === viewer.tenant.id ? { data: person, until: null } : null,
};

/**
 * What a viewer of a partner tenant may see of a record at the instant `at`: layers 4 to 6 for
 * reading (PAR-1, S8). Deny by default: a kind its role does not read, or a device it does not
 * cover, is null.
 */
export const project = (
  viewer: Viewer,
  record: StoredRecord,
  facts: ProjectionFacts,
  at: string,
): Projection =>
  readsKind(viewer, record.kind)
    ? projections[record.kind](viewer, record.data as never, facts, at)
    : null;
