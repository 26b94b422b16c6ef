import { decide } from "#shared/access/decide.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";

/**
 * Whether a viewer may read the log of an organisation (PRT-4): their own, where their role opens it
 * to them. The one place where this is asked.
 */
export const mayReadLog = (viewer: Viewer, logId: string): Result<null, Failure> => {
  if (viewer.tenant.id !== logId) return err(fail("audit-log-not-yours"));
  const item = viewer.tenant.kind === "customer" ? "audit-log" : "organisation-log";
  const refused = decide(viewer, { item });
  return refused === null ? ok(null) : err(refused);
};

/** Which values of a line a viewer may see, by their path. */
export type Sight = (path: string) => boolean;

/**
 * What of a line a viewer may see: all of it in a log they may read; of their own act in another's
 * log what they wrote themselves, as what it changed may have left their scope since (S14); of
 * anybody else's nothing (null).
 */
export const sightOf = (
  viewer: Viewer,
  line: { log: string; entry: { actor: { accountId: string } } },
): Sight | null => {
  if (mayReadLog(viewer, line.log).ok) return () => true;
  const own = line.entry.actor.accountId === viewer.accountId;
  return own ? (path) => path === "payload" || path.startsWith("payload.") : null;
};
