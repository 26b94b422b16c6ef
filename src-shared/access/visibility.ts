import { type Kind, kinds } from "../domain/intent.ts";
import type { Failure } from "../failure.ts";
import { decide } from "./decide.ts";
import { agreementsAt, type DeviceFacts, grantsAt } from "./device-facts.ts";
import { ask } from "./layers.ts";
import type { Item } from "./menu.ts";
import type { Viewer } from "./viewer.ts";

/**
 * Whether a viewer of a partner sees what is on a device and until when, and until when its
 * telemetry too; null where that is not granted.
 */
export type Coverage =
  | { covered: true; until: string; telemetryUntil: string | null }
  | { covered: false; failure: Failure };

/** One's own is no lease: it ends with nothing. */
const FOREVER = "9999-12-31T23:59:59.999Z";

const latest = (ends: readonly string[]) => ends.reduce((a, b) => (a > b ? a : b));

/**
 * Layers 5 and 6 for one device at the instant `at` (PAR-1, PRT-3, FED-10): inside the role's own
 * scope, which narrows and never widens, covered under an active agreement of the viewer's tenant,
 * and inside what the customer granted; or the organisation's own. `until` is when the first of agreement and grant ends: the
 * lease of every copy (S11).
 */
export const coverageOf = (viewer: Viewer, facts: DeviceFacts, at: string): Coverage => {
  const on = { facts, at };
  const failure = ask.scope(viewer, { on }) ?? ask["cross-tenant"](viewer, { on });
  if (failure !== null) return { covered: false, failure };
  if (facts.device.customerId === viewer.tenant.id) {
    return { covered: true, until: FOREVER, telemetryUntil: FOREVER };
  }
  const agreementEnd = latest(agreementsAt(facts, at).map((a) => a.endsAt));
  const within = (ends: string[]) =>
    ends.length === 0 ? null : [agreementEnd, latest(ends)].reduce((a, b) => (a < b ? a : b));
  const grants = grantsAt(facts, at);
  const telemetry = grants.filter((g) => g.telemetry);
  return {
    covered: true,
    until: within(grants.map((g) => g.until)) ?? agreementEnd,
    telemetryUntil: within(telemetry.map((g) => g.until)),
  };
};

const people = ["users", "roles", "permissions"] as const;
const ownPapers = ["my-partners", "partner-access"] as const;

/** The items of which any one opens a kind of record to its reader (layer 4, reading). */
const kindReaders: Record<Kind, readonly Item[]> = {
  customer: ["workload", "covered-devices", "renewals", "my-devices", ...ownPapers],
  device: ["workload", "covered-devices", "renewals", "my-devices", "partner-access"],
  agreement: ["workload", "covered-devices", "renewals", "my-devices", ...ownPapers],
  grant: ["covered-devices", ...ownPapers],
  ticket: ["workload"],
  alarm: ["workload"],
  visit: ["workload"],
  person: ["workload", ...people],
  telemetry: ["covered-devices"],
  role: people,
  partner: ["my-devices", ...ownPapers],
};

const opensOne = (viewer: Viewer, of: readonly Item[]): boolean =>
  of.some((item) => decide(viewer, { item }) === null);

/** What a viewer reads, once decided: a feed asks it of each of a hundred thousand records. */
const readable = new WeakMap<Viewer, ReadonlySet<Kind | "access">>();

const readableBy = (viewer: Viewer): ReadonlySet<Kind | "access"> => {
  const known = readable.get(viewer);
  if (known !== undefined) return known;
  const read = new Set<Kind | "access">(kinds.filter((k) => opensOne(viewer, kindReaders[k])));
  if (opensOne(viewer, people)) read.add("access");
  readable.set(viewer, read);
  return read;
};

/** Whether the viewer's roles let it read records of a kind at all. */
export const readsKind = (viewer: Viewer, kind: Kind): boolean => readableBy(viewer).has(kind);

/** Whether the viewer sees of its colleagues who may do what, and not only their names (S8). */
export const readsAccess = (viewer: Viewer): boolean => readableBy(viewer).has("access");

/** All that decides what a viewer sees by its roles: those alike see the same (S7). */
export const sightOf = (viewer: Viewer): string[] => [...readableBy(viewer)].sort();
