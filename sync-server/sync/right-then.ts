import type { Transaction } from "kysely";
import { decideAct } from "#shared/access/decide.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import type { IntentDef } from "#shared/domain/intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { LATE_WORK_MS } from "#shared/sync/work-time.ts";
import { type Standing, standingAt } from "../access/standing.ts";
import type { Database } from "../store/schema.ts";
import type { About, Sight } from "./sight.ts";

/** What is asked: who meant to do what, to which record, when, and how the server heard of it. */
export interface Question {
  viewer: Viewer;
  def: IntentDef;
  /** Null of what is made new, which hangs on no record. */
  about: About | null;
  workedAt: string;
  hearing: { now: string; revokedAt: string | null };
}

/**
 * Whether work that is refused now was allowed when it was done (S9): the layers are asked of who its
 * maker was then, and of what that one's lens held then. Such work is taken for {@link LATE_WORK_MS}
 * after its right ended, and refused with `intent-too-late` afterwards; work that was not allowed
 * then either is refused as it is now.
 */
export const rightThen = async (
  tx: Transaction<Database>,
  { viewer, def, about, workedAt, hearing }: Question,
  refused: Failure,
): Promise<Result<Sight, Failure>> => {
  const standing = await standingAt(tx, viewer.accountId, workedAt);
  if (standing === null || decideAct(standing.viewer, def) !== null) return err(refused);
  if (hearing.revokedAt !== null && workedAt >= hearing.revokedAt) return err(refused);
  const left = about === null ? null : await heldThen(tx, standing, about, workedAt);
  if (left === false) return err(refused);
  const ends = [standing.until, left, hearing.revokedAt].filter((end) => end !== null);
  const end = ends.reduce((a, b) => (a < b ? a : b), hearing.now);
  return Date.parse(hearing.now) - Date.parse(end) > LATE_WORK_MS
    ? err(fail("intent-too-late"))
    : ok({ lens: { id: standing.lensId, viewer: standing.viewer }, at: workedAt });
};

/** When the record left the lens, null where it stands in it; false where it was not in it then. */
const heldThen = async (
  tx: Transaction<Database>,
  standing: Standing,
  { kind, id }: About,
  at: string,
): Promise<string | null | false> => {
  const row = await tx
    .selectFrom("feed")
    .select(["doc", "since", "left_at"])
    .where("lens_id", "=", standing.lensId)
    .where("record_id", "=", id)
    .where("kind", "=", kind)
    .executeTakeFirst();
  if (row === undefined || (row.since ?? "") > at) return false;
  if (row.doc !== null) return null;
  return row.left_at !== null && row.left_at > at ? row.left_at : false;
};
