import type { Failure } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { Checkpoint, RevocationsResponse } from "#shared/sync/wire.ts";
import type { Store } from "../store/store.ts";
import { extentOf, follows, refusedCheckpoint } from "./follow.ts";
import type { Lens } from "./refeed.ts";

/** What has left a lens since a checkpoint. */
export type Revocations = Omit<RevocationsResponse, "protocol" | "serverTime">;

/**
 * What has left the lens since `after`, in order (S9): an index range scan over its tombstones. A
 * checkpoint it does not follow from answers `reset` and no ids, as then all that is held goes; null
 * asks where the channel stands. Refuses as {@link refusedCheckpoint} does.
 */
export const revocationsPage = async (
  store: Store,
  lens: Lens,
  after: Checkpoint | null,
  limit: number,
): Promise<Result<Revocations, Failure>> => {
  const refused = await refusedCheckpoint(store, lens, after);
  if (refused !== null) return err(refused);
  return store.reading(lens.viewer.tenant.id, async (tx) => {
    const { base, head } = await extentOf(tx, lens.id);
    const feed = { lens: lens.id, epoch: store.epoch, base, head };
    const same = after !== null && follows(feed, after);
    const from = same ? after.seq : head;
    const rows = await tx
      .selectFrom("feed")
      .select(["record_id as id", "seq as rev"])
      .where("lens_id", "=", lens.id)
      .where("doc", "is", null)
      .where("seq", ">", from)
      .orderBy("seq")
      .limit(limit + 1)
      .execute();
    const gone = rows.slice(0, limit);
    const more = rows.length > limit;
    const seq = more ? (gone.at(-1)?.rev ?? from) : Math.max(from, head);
    return ok({
      reset: after !== null && !same,
      gone,
      checkpoint: { epoch: store.epoch, lens: lens.id, seq },
      more,
    });
  });
};
