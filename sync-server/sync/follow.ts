import type { Kysely } from "kysely";
import { type Failure, fail } from "#shared/failure.ts";
import type { Checkpoint } from "#shared/sync/wire.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import type { Lens } from "./refeed.ts";

/**
 * Refuses a checkpoint of another tenant's lens: a client that asks for what is not its own (S7). Who
 * reads for a tenant is not shown that there is such a lens, so the engine is asked.
 */
export const refusedCheckpoint = async (
  { db }: Store,
  lens: Lens,
  after: Checkpoint | null,
): Promise<Failure | null> => {
  if (after === null || after.lens === lens.id) return null;
  const known = await db
    .selectFrom("lens")
    .select("tenant_id")
    .where("id", "=", after.lens)
    .executeTakeFirst();
  const ours = known === undefined || known.tenant_id === lens.viewer.tenant.id;
  return ours ? null : fail("scope-not-yours");
};

/** Where a lens's feed begins and its last position. */
export interface Extent {
  base: number;
  head: number;
}

/** Where the feed of a lens, which is open, begins and ends. */
export const extentOf = (db: Kysely<Database>, lensId: string): Promise<Extent> =>
  db.selectFrom("lens").select(["base", "head"]).where("id", "=", lensId).executeTakeFirstOrThrow();

/**
 * Whether a checkpoint is a position in this lens's feed as it is now. One of another lens of the same
 * tenant (the role changed), of another epoch, from before the feed was last filled, or from beyond
 * its end (the database is an old copy of itself) is not: whoever holds it starts over.
 */
export const follows = (
  feed: Extent & { lens: string; epoch: string },
  after: Checkpoint,
): boolean =>
  after.lens === feed.lens &&
  after.epoch === feed.epoch &&
  after.seq >= feed.base &&
  after.seq <= feed.head;
