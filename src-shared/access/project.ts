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
  /** The devices the viewer sees now. */
  seesDevice: (deviceId: string) => boolean;
  /** When the last coverage of a device the viewer sees of the customer ends; null where it sees none. */
  customerUntil: (customerId: string) => string | null;
}

const ofDevice = (facts: ProjectionFacts, data: unknown): Projection =>
  facts.coverage?.covered ? { data, until: facts.coverage.until } : null;

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
    facts.coverage?.covered && facts.coverage.telemetry ? ofDevice(facts, data) : null,
  customer: (_viewer, customer: { id: string }, facts) => {
    const until = facts.customerUntil(customer.id);
    return until === null ? null : { data: customer, until };
  },
  agreement: (viewer, agreement: Agreement, facts, at) => {
    const deviceIds = agreement.deviceIds.filter(facts.seesDevice);
    return agreement.partnerId === viewer.tenant.id && deviceIds.length > 0 && at < agreement.endsAt
      ? { data: { ...agreement, deviceIds }, until: agreement.endsAt }
      : null;
  },
  grant: (viewer, grant: Grant, facts, at) =>
    grant.partnerId === viewer.tenant.id &&
    grant.status === "active" &&
    at < grant.until &&
    facts.customerUntil(grant.customerId) !== null
      ? {
          data: { ...grant, deviceIds: grant.deviceIds.filter(facts.seesDevice) },
          until: grant.until,
        }
      : null,
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
