import { type Failure, fail } from "../failure.ts";

/** How lately a person has to have proved who they are before a dangerous act, seconds. */
const FRESH_SECONDS = 600;

/**
 * Step-up: why a dangerous act wants the person to sign in once more, or null where they have just
 * done so (ID-3). The server judges it by the issuer's time in the token and its own `now`, a device
 * beforehand by what it knows of both.
 */
export const requireFresh = (
  { authTime }: { authTime: number | null },
  now: string,
  maxAgeSeconds = FRESH_SECONDS,
): Failure | null =>
  authTime !== null && Date.parse(now) - authTime <= maxAgeSeconds * 1000
    ? null
    : fail("step-up-required", { minutes: Math.round(maxAgeSeconds / 60) });
