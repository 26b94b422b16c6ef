import type { Agreement } from "../domain/agreement/agreement.ts";
import type { Device } from "../domain/device/device.ts";
import type { Grant } from "../domain/grant/grant.ts";
import type { Kind } from "../domain/intent.ts";
import { type Failure, fail } from "../failure.ts";
import { levelOf } from "./decide.ts";
import type { NavItem } from "./nav.ts";
import type { Viewer } from "./viewer.ts";

/** What scope and cross-tenant access are decided from, for one viewer and one device. */
export interface DeviceFacts {
  device: Pick<Device, "id" | "customerId" | "region" | "siteName">;
  /** Agreements of the viewer's tenant that name the device. */
  agreements: Pick<Agreement, "startsAt" | "endsAt" | "status">[];
  /** Grants of the device's customer to the viewer's tenant. */
  grants: Pick<Grant, "regions" | "deviceIds" | "telemetry" | "until" | "status">[];
  /** Whether a visit on the device is the viewer's own. */
  ownVisit: boolean;
}

/**
 * Whether a viewer sees what is on a device and until when, and until when its telemetry too; null
 * where that is not granted.
 */
export type Coverage =
  | { covered: true; until: string; telemetryUntil: string | null }
  | { covered: false; failure: Failure };

const live = (from: string, to: string, at: string): boolean => from <= at && at < to;

const grantReaches = (grant: DeviceFacts["grants"][number], device: DeviceFacts["device"]) =>
  (grant.regions.length === 0 || grant.regions.includes(device.region)) &&
  (grant.deviceIds.length === 0 || grant.deviceIds.includes(device.id));

/**
 * Layers 5 and 6 for one device at the instant `at` (PAR-1, PRT-3, FED-10): covered under an active
 * agreement of the viewer's tenant, inside what the customer granted, inside the role's own scope,
 * which narrows and never widens. `until` is when the first of agreement and grant ends: the lease
 * of every copy (S11).
 */
export const coverageOf = (viewer: Viewer, facts: DeviceFacts, at: string): Coverage => {
  const refuse = (failure: Failure): Coverage => ({ covered: false, failure });
  const agreements = facts.agreements.filter(
    (a) => a.status === "active" && live(a.startsAt, a.endsAt, at),
  );
  if (agreements.length === 0) return refuse(fail("not-covered"));
  const grants = facts.grants.filter(
    (g) => g.status === "active" && at < g.until && grantReaches(g, facts.device),
  );
  if (grants.length === 0) return refuse(fail("not-granted"));
  if (viewer.role?.scope === "own-visits" && !facts.ownVisit) return refuse(fail("outside-scope"));
  const latest = (ends: string[]) => ends.reduce((a, b) => (a > b ? a : b));
  const agreementEnd = latest(agreements.map((a) => a.endsAt));
  const within = (ends: string[]) =>
    ends.length === 0 ? null : [agreementEnd, latest(ends)].reduce((a, b) => (a < b ? a : b));
  const telemetry = grants.filter((g) => g.telemetry);
  return {
    covered: true,
    until: within(grants.map((g) => g.until)) ?? agreementEnd,
    telemetryUntil: within(telemetry.map((g) => g.until)),
  };
};

/** The menu items of which any one opens a kind of record to its reader (layer 4, reading). */
const kindReaders: Record<Kind, readonly NavItem[]> = {
  customer: ["workload", "covered-devices", "renewals"],
  device: ["workload", "covered-devices", "renewals"],
  agreement: ["workload", "covered-devices", "renewals"],
  grant: ["covered-devices"],
  ticket: ["workload"],
  alarm: ["workload"],
  visit: ["workload"],
  person: ["workload"],
  telemetry: ["covered-devices"],
};

/** Whether the viewer's role lets it read records of a kind at all. */
export const readsKind = (viewer: Viewer, kind: Kind): boolean =>
  !viewer.suspended &&
  viewer.entitlements.includes("partners") &&
  kindReaders[kind].some((item) => levelOf(viewer, item) !== "hidden");
