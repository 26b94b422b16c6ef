import { fail } from "#shared/failure.ts";
import { err } from "#shared/result.ts";
import type { Authenticate, Services } from "./services.ts";

const MINUTE = 60_000;

/**
 * Proves who makes a request, and refuses whoever has made too many in this minute (`rate-limited`):
 * one account with many devices, or a stolen one, takes nothing from the others behind its address.
 */
export const limitAccounts = ({
  authenticate,
  requestsPerMinute,
  requestsPerAccount = requestsPerMinute,
}: Services): Authenticate => {
  let begun = performance.now();
  const made = new Map<string, number>();
  return async (request) => {
    const caller = await authenticate(request);
    if (!caller.ok) return caller;
    if (performance.now() - begun >= MINUTE) {
      begun = performance.now();
      made.clear();
    }
    const { sub } = caller.value;
    const count = (made.get(sub) ?? 0) + 1;
    made.set(sub, count);
    return count > requestsPerAccount ? err(fail("rate-limited")) : caller;
  };
};
