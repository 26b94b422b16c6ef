import { z } from "zod";
import { Id, Instant } from "../domain/common.ts";

/** Where a client asks about its own session. */
export const sessionRoutes = {
  /** Whom people sign in with: asked before anyone has, by nobody in particular. */
  discovery: "/.well-known/riversync",
  signOutEverywhere: "/session/sign-out-everywhere",
  devices: "/session/devices",
  accept: "/session/accept",
} as const;

/** Where one's own device is revoked. */
export const revokeRoute = (installation: string): string =>
  `${sessionRoutes.devices}/${installation}/revoke`;

/** Whom people sign in with to use a server. */
export const SignInDiscovery = z.object({
  protocol: z.int(),
  issuer: z.url(),
  clientId: z.string().min(1),
});
export type SignInDiscovery = z.infer<typeof SignInDiscovery>;

/** A device an account works on. */
export const DeviceView = z.object({
  id: Id,
  /** The machine's name; "" where it has told none. */
  name: z.string(),
  /** "" where it has told none yet. */
  appVersion: z.string(),
  firstSeen: Instant,
  lastSeen: Instant,
  /** When it was revoked, and when it said that it had erased itself. */
  revokedAt: Instant.nullable(),
  wipedAt: Instant.nullable(),
  /** The device that asks. */
  here: z.boolean(),
});
export type DeviceView = z.infer<typeof DeviceView>;

/** The devices of the account that asks, the last seen first. */
export const DevicesResponse = z.object({ protocol: z.int(), devices: z.array(DeviceView) });
export type DevicesResponse = z.infer<typeof DevicesResponse>;

/** Accepts an invitation as the identity that is signed in. */
export const AcceptRequest = z.object({ invitation: z.string().min(16).max(256) });
export type AcceptRequest = z.infer<typeof AcceptRequest>;
