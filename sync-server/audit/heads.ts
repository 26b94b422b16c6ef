import type { Kysely } from "kysely";
import {
  type Head,
  Keys,
  readHead,
  type SignedHead,
  type SigningKey,
  signHead,
} from "#shared/audit/head.ts";
import type { Database } from "../store/schema.ts";
import { treeOf } from "./tree.ts";

/** The public half of a key, as it is served. */
export const publicKeys = (key: SigningKey): Keys => Keys.parse({ keys: [key] });

/** A head, and its signature. */
export interface Signed {
  head: Head;
  jws: SignedHead;
}

/**
 * The signed head of a log as it is now. A key signs one head for each length of a log, ever: whoever
 * asks again gets the same, so two heads of one length that differ are evidence.
 */
export const signedHead = async (
  db: Kysely<Database>,
  key: SigningKey,
  logId: string,
  now: string,
): Promise<Signed> => {
  const tree = await treeOf(db, logId);
  const kept = () =>
    db
      .selectFrom("audit_signed")
      .select("jws")
      .where("log_id", "=", logId)
      .where("size", "=", tree.size)
      .where("kid", "=", key.kid)
      .executeTakeFirst();
  const jws = (await kept())?.jws;
  if (jws !== undefined) {
    const head = await readHead(jws, publicKeys(key));
    if (!head.ok) throw new Error(`the head of ${logId} at ${tree.size} is damaged`);
    return { head: head.value, jws };
  }
  const head = { log: logId, ...tree, at: now };
  const signed = await signHead(head, key);
  const made = await db
    .insertInto("audit_signed")
    .values({ log_id: logId, size: tree.size, kid: key.kid, jws: signed })
    .onConflict((c) => c.columns(["log_id", "size", "kid"]).doNothing())
    .returning("jws")
    .executeTakeFirst();
  // Somebody else signed it meanwhile: then theirs is the one.
  return made === undefined ? signedHead(db, key, logId, now) : { head, jws: signed };
};
