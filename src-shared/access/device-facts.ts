import type { Agreement } from "../domain/agreement/agreement.ts";
import type { Device } from "../domain/device/device.ts";
import type { Grant } from "../domain/grant/grant.ts";

/** What scope and cross-tenant access are decided from, for one viewer and one device. */
export interface DeviceFacts {
  device: Pick<Device, "id" | "customerId" | "region" | "siteName">;
  /** Agreements of the viewer's tenant that name the device. */
  agreements: Pick<Agreement, "startsAt" | "endsAt" | "status">[];
  /** Grants of the device's customer to the viewer's tenant. */
  grants: Pick<Grant, "regions" | "sites" | "deviceIds" | "telemetry" | "until" | "status">[];
  /** Whether a visit on the device is the viewer's own. */
  ownVisit: boolean;
}

/** The agreements under which the device is covered at the instant `at` (PAR-1). */
export const agreementsAt = ({ agreements }: DeviceFacts, at: string) =>
  agreements.filter((a) => a.status === "active" && a.startsAt <= at && at < a.endsAt);

/** Whether what a customer granted reaches a device: an empty list means all. */
export const grantReaches = (
  grant: Pick<Grant, "regions" | "sites" | "deviceIds">,
  device: Pick<Device, "id" | "region" | "siteName">,
): boolean =>
  (grant.regions.length === 0 || grant.regions.includes(device.region)) &&
  (!grant.sites?.length || grant.sites.includes(device.siteName)) &&
  (grant.deviceIds.length === 0 || grant.deviceIds.includes(device.id));

/** The grants of the device's customer that reach it at the instant `at` (PRT-3). */
export const grantsAt = ({ grants, device }: DeviceFacts, at: string) =>
  grants.filter((g) => g.status === "active" && at < g.until && grantReaches(g, device));
