import { grantReaches } from "#shared/access/device-facts.ts";
import type { Agreement } from "#shared/domain/agreement/agreement.ts";
import type { Device } from "#shared/domain/device/device.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";
import { type Standing, standingOf } from "../../../data/holdings.ts";

/** What a grant says, given already or only meant to be. */
export type Terms = Pick<Grant, "regions" | "sites" | "deviceIds" | "telemetry" | "until">;

/** Devices of one site that a grant reaches. */
interface ExposedSite {
  region: string;
  siteName: string;
  devices: readonly Device[];
}

/** What a grant exposes: every device it reaches, and which of them the partner can see now. */
export interface Exposure {
  devices: readonly Device[];
  sites: readonly ExposedSite[];
  /** Reached, and named by no agreement of the partner in force: not seen until there is one. */
  uncovered: readonly Device[];
  telemetry: boolean;
  until: string;
}

const bySite = (devices: readonly Device[]): ExposedSite[] => {
  const sites = new Map<string, Device[]>();
  for (const device of devices) {
    const key = JSON.stringify([device.region, device.siteName]);
    sites.set(key, [...(sites.get(key) ?? []), device]);
  }
  return [...sites.values()]
    .flatMap((held): ExposedSite[] => {
      const [{ region, siteName } = { region: "", siteName: "" }] = held;
      return [{ region, siteName, devices: held }];
    })
    .sort((a, b) => a.region.localeCompare(b.region) || a.siteName.localeCompare(b.siteName));
};

/** What the partner with `agreements` is exposed to by a grant, at the instant `at` (PRT-3). */
export const exposureOf = (
  terms: Terms,
  devices: readonly Device[],
  agreements: readonly Agreement[],
  at: string,
): Exposure => {
  const reached = devices.filter((device) => grantReaches(terms, device));
  const covers = (device: Device) =>
    agreements.some(
      (a) =>
        a.status === "active" &&
        a.startsAt <= at &&
        at < a.endsAt &&
        a.deviceIds.includes(device.id),
    );
  return {
    devices: reached,
    sites: bySite(reached),
    uncovered: reached.filter((device) => !covers(device)),
    telemetry: terms.telemetry,
    until: terms.until,
  };
};

/** What a partner gains and loses of a customer's devices when its grants change. */
export interface Difference {
  added: readonly Device[];
  /** Erased on each of the partner's devices at its next contact (S9). */
  removed: readonly Device[];
  telemetryAdded: readonly Device[];
  /** Still seen, and its telemetry no longer. */
  telemetryRemoved: readonly Device[];
}

/**
 * What changes when the grants of a partner in force become others. What it sees counts, not what
 * is reached: without an agreement nothing is gained or lost, and another grant may reach the same.
 */
export const differenceBetween = (
  partnerId: string,
  devices: readonly Device[],
  agreements: readonly Agreement[],
  before: readonly Grant[],
  after: readonly Grant[],
  at: string,
): Difference => {
  const standing = (device: Device, grants: readonly Grant[]): Standing =>
    standingOf({ agreements, grants }, partnerId, device, at);
  const pairs = devices.map((device) => ({
    device,
    was: standing(device, before),
    will: standing(device, after),
  }));
  const those = (wanted: (pair: (typeof pairs)[number]) => boolean) =>
    pairs.filter(wanted).map(({ device }) => device);
  return {
    added: those(({ was, will }) => !was.sees && will.sees),
    removed: those(({ was, will }) => was.sees && !will.sees),
    telemetryAdded: those(({ was, will }) => was.sees && !was.telemetry && will.telemetry),
    telemetryRemoved: those(({ was, will }) => was.telemetry && will.sees && !will.telemetry),
  };
};
