import type { Kysely } from "kysely";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { Database } from "../store/schema.ts";

/** A person in the words of a provider that is not ours. */
export interface ExternalIdentity {
  issuer: string;
  subject: string;
}

/** The account an external identity is bound to; `identity-unknown` where it is to none (ID-1). */
export const accountOfIdentity = async (
  db: Kysely<Database>,
  { issuer, subject }: ExternalIdentity,
): Promise<Result<string, Failure>> => {
  const row = await db
    .selectFrom("identity")
    .select("account_id")
    .where("issuer", "=", issuer)
    .where("subject", "=", subject)
    .executeTakeFirst();
  return row === undefined ? err(fail("identity-unknown")) : ok(row.account_id);
};

/** Binds an external identity to an account, once; one that is bound stays where it is. */
export const bindIdentity = async (
  db: Kysely<Database>,
  { issuer, subject }: ExternalIdentity,
  accountId: string,
  at: string,
): Promise<void> => {
  await db
    .insertInto("identity")
    .values({ issuer, subject, account_id: accountId, bound_at: at })
    .onConflict((c) => c.columns(["issuer", "subject"]).doNothing())
    .execute();
};
