import type { Kysely } from "kysely";
import type { Database } from "../schema.ts";

/** Which files have been handed in, by which tenant, and which records name them (S13). */
export const up = async (db: Kysely<Database>): Promise<void> => {
  await db.schema
    .createTable("file")
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("tenant_id", "text", (c) => c.notNull().references("tenant.id"))
    .addColumn("size", "integer", (c) => c.notNull())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("created_by", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("file_pk", ["hash", "tenant_id"])
    .execute();
  await db.schema
    .createTable("file_ref")
    .addColumn("record_id", "text", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("tenant_id", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("file_ref_pk", ["record_id", "hash"])
    .execute();
  await db.schema.createIndex("file_ref_hash").on("file_ref").column("hash").execute();
};

/** The two databases spell all of this alike. */
export const dialectUp = { sqlite: async () => {}, postgres: async () => {} };
