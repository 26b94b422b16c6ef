import type { Kysely } from "kysely";
import type { Database } from "../schema.ts";

/**
 * From when on sign-ins of an account count (ACC-5), and which identities of other issuers are whose
 * (ID-1).
 */
export const up = async (db: Kysely<Database>): Promise<void> => {
  await db.schema
    .createTable("account_session")
    .addColumn("account_id", "text", (c) => c.primaryKey().references("account.id"))
    .addColumn("valid_from", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("identity")
    .addColumn("issuer", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("account_id", "text", (c) => c.notNull().references("account.id"))
    .addColumn("bound_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("identity_pk", ["issuer", "subject"])
    .execute();
  await db.schema.createIndex("identity_account").on("identity").column("account_id").execute();
};

/** The two databases spell all of this alike. */
export const dialectUp = { sqlite: async () => {}, postgres: async () => {} };
