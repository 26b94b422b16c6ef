import type { Kysely } from "kysely";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { Checkpoint } from "#shared/sync/wire.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import type { Lens } from "./refeed.ts";

/**
 * Whether a checkpoint is a position in this lens's feed as it is now. One of another lens of the same
 * tenant (the role changed), of another epoch, from before the feed was last filled, or from beyond
 * its end (the database is an old copy of itself) is not: whoever holds it starts over. One of another tenant's lens is a client asking for what is not its
 * own, and is refused (S7).
 */
export const follows = async (
  { db, epoch }: Store,
  lens: Lens,
  after: Checkpoint,
): Promise<Result<boolean, Failure>> => {
  const known = await db
    .selectFrom("lens")
    .select(["tenant_id", "base", "head"])
    .where("id", "=", after.lens)
    .executeTakeFirst();
  if (known !== undefined && known.tenant_id !== lens.viewer.tenant.id) {
    return err(fail("scope-not-yours"));
  }
  const { base, head } = known ?? { base: 0, head: 0 };
  const inFeed = after.seq >= base && after.seq <= head;
  return ok(after.lens === lens.id && after.epoch === epoch && inFeed);
};

/** The last position of a lens's feed. */
export const headOf = async (db: Kysely<Database>, lensId: string): Promise<number> => {
  const row = await db
    .selectFrom("lens")
    .select("head")
    .where("id", "=", lensId)
    .executeTakeFirstOrThrow();
  return row.head;
};
