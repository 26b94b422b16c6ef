import { type Kysely, sql } from "kysely";
import { sumLens } from "../../sync/sums.ts";
import type { Database } from "../schema.ts";

/**
 * What judging by then needs to know (who an account was from when until when, when a record entered
 * a lens and left it), the devices an account works on, the checksums of a lens (S10), and what of an
 * intent its maker had not seen.
 */
export const up = async (db: Kysely<Database>): Promise<void> => {
  const table = (name: string) => db.schema.createTable(name);
  await table("standing")
    .addColumn("account_id", "text", (c) => c.notNull().references("account.id"))
    .addColumn("since", "text", (c) => c.notNull())
    .addColumn("until", "text")
    .addColumn("lens_id", "text", (c) => c.notNull())
    .addColumn("viewer", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("standing_pk", ["account_id", "since"])
    .execute();
  await table("installation")
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("account_id", "text", (c) => c.notNull().references("account.id"))
    .addColumn("tenant_id", "text", (c) => c.notNull().references("tenant.id"))
    .addColumn("app_version", "text", (c) => c.notNull())
    .addColumn("first_seen", "text", (c) => c.notNull())
    .addColumn("last_seen", "text", (c) => c.notNull())
    .addColumn("revoked_at", "text")
    .addColumn("revoked_by", "text")
    .addColumn("wiped_at", "text")
    .addPrimaryKeyConstraint("installation_pk", ["id", "account_id"])
    .execute();
  await table("lens_sum")
    .addColumn("lens_id", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("count", "bigint", (c) => c.notNull())
    .addColumn("sum", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("lens_sum_pk", ["lens_id", "kind"])
    .execute();
  await table("decision")
    .addColumn("intent_id", "text", (c) => c.notNull())
    .addColumn("actor_id", "text", (c) => c.notNull())
    .addColumn("decision", "text", (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("at", "text", (c) => c.notNull())
    .addColumn("noted_at", "text", (c) => c.notNull())
    // Another's intent is as unknown to the caller as one that never was: each notes for itself.
    .addPrimaryKeyConstraint("decision_pk", ["intent_id", "actor_id"])
    .execute();
  await columns(db);
  await indexes(db);
  for (const { id } of await db.selectFrom("lens").select("id").execute()) await sumLens(db, id);
};

const columns = async (db: Kysely<Database>): Promise<void> => {
  // One statement each: SQLite adds no two columns at once.
  const add = (table: string, column: string) =>
    db.schema.alterTable(table).addColumn(column, "text");
  await add("feed", "left_at").execute();
  await add("feed", "since").execute();
  // What is told already has been so since before anyone kept count.
  await db
    .updateTable("feed")
    .set({ since: new Date(0).toISOString() })
    .execute();
  await add("verdict", "against").execute();
  await add("verdict", "worked_at").execute();
  // The log that tells of the intent: what is decided about it later is told there too.
  await add("verdict", "log_id").execute();
  await add("lens", "last_used").execute();
  // Lenses that are there have been looked through lately, as far as anybody knows.
  await db.updateTable("lens").set({ last_used: new Date().toISOString() }).execute();
  // Where the feed began when it was last filled: a checkpoint from before that is of another life.
  await db.schema
    .alterTable("lens")
    .addColumn("base", "integer", (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable("record")
    .addColumn("authors", "text", (c) => c.notNull().defaultTo("{}"))
    .execute();
};

const indexes = async (db: Kysely<Database>): Promise<void> => {
  await db.schema
    .createIndex("feed_gone")
    .on("feed")
    .columns(["lens_id", "seq"])
    .where(sql.ref("doc"), "is", null)
    .execute();
  await db.schema
    .createIndex("standing_open")
    .unique()
    .on("standing")
    .column("account_id")
    .where(sql.ref("until"), "is", null)
    .execute();
  await db.schema
    .createIndex("installation_account")
    .on("installation")
    .column("account_id")
    .execute();
};

/** The two databases spell all of this alike. */
export const dialectUp = { sqlite: async () => {}, postgres: async () => {} };
