import type { Kysely } from "kysely";
import type { Database } from "../store/schema.ts";

/**
 * Whether an intent that its maker was told of as judged is known here. Where it is not, the
 * database is an older one than it was: restored from a backup (S12).
 */
export const remembers = async (
  db: Kysely<Database>,
  intentId: string,
  actorId: string,
): Promise<boolean> => {
  const row = await db
    .selectFrom("verdict")
    .select("intent_id")
    .where("intent_id", "=", intentId)
    .where("actor_id", "=", actorId)
    .executeTakeFirst();
  return row !== undefined;
};
