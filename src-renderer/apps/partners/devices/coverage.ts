import { grantReaches } from "#shared/access/device-facts.ts";
import type { Agreement } from "#shared/domain/agreement/agreement.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";

const day = 86_400_000;

/** Coverage that ends within this many days is said to end soon (PAR-3). */
const soonDays = 60;

/** How coverage stands towards its end. */
export interface CoverageEnd {
  state: "lasting" | "soon" | "ended";
  days: number;
}

/** How long coverage that ends at `until` still lasts, seen from `now` (ms). */
export const coverageEnd = (until: string, now: number): CoverageEnd => {
  const left = Date.parse(until) - now;
  const days = Math.ceil(left / day);
  if (left <= 0) return { state: "ended", days: 0 };
  return { state: days < soonDays ? "soon" : "lasting", days };
};

/** The agreement that covers now and lasts longest; else the one that ended last. */
export const agreementInForce = (
  agreements: readonly Agreement[],
  now: number,
): Agreement | null => {
  const at = new Date(now).toISOString();
  const live = agreements.filter((a) => a.status === "active" && a.startsAt <= at && at < a.endsAt);
  const latest = (of: readonly Agreement[]) =>
    of.reduce<Agreement | null>((a, b) => (a === null || b.endsAt > a.endsAt ? b : a), null);
  return latest(live) ?? latest(agreements);
};

type Placed = { id: string; region: string; siteName: string };

/** Whether a grant in force reaches a device (layer 6). */
export const reaches = (grant: Grant, device: Placed, now: number): boolean =>
  grant.status === "active" && Date.parse(grant.until) > now && grantReaches(grant, device);

/** Whether any grant in force lets the partner read the device's telemetry. */
export const telemetryGranted = (grants: readonly Grant[], device: Placed, now: number): boolean =>
  grants.some((grant) => grant.telemetry && reaches(grant, device, now));
