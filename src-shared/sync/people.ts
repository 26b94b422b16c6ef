import { z } from "zod";
import { Scope } from "../access/scope.ts";
import { Id } from "../domain/common.ts";
import { Kind } from "../domain/intent.ts";
import { DeviceView } from "./session.ts";

/** Where those who run an organisation ask about its people. */
export const peopleRoutes = {
  devices: "/people/devices",
  revokeDevice: "/people/revoke-device",
  preview: "/people/preview",
} as const;

/** Asks for somebody's devices. */
export const PersonDevicesRequest = z.object({ accountId: Id });
export const PersonDevicesResponse = z.object({ devices: z.array(DeviceView) });

/** Revokes one of somebody's devices. */
export const RevokeDeviceRequest = z.object({ accountId: Id, id: Id });

/**
 * Asks what somebody sees, or would see: `roles` and `scope` stand for what they have now where they
 * are given (app → role, and an override). `accountId` is null for someone who is yet to come.
 */
export const PreviewRequest = z.object({
  accountId: Id.nullable(),
  roles: z.record(z.string(), Id).optional(),
  scope: Scope.nullable().optional(),
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;

/** How many records of each kind, and some of them by name. */
export const SightPreview = z.object({
  counts: z.partialRecord(Kind, z.int()),
  devices: z.array(
    z.object({ id: Id, name: z.string(), siteName: z.string(), customerName: z.string() }),
  ),
  /** How many devices the organisation sees in all. */
  ofDevices: z.int(),
});
export type SightPreview = z.infer<typeof SightPreview>;
