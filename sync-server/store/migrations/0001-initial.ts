import { type Kysely, sql } from "kysely";
import type { Database } from "../schema.ts";

/** The first shape of the store, the same in SQLite and PostgreSQL. */
export const up = async (db: Kysely<Database>): Promise<void> => {
  const table = (name: string) => db.schema.createTable(name);
  await table("meta")
    .addColumn("key", "text", (c) => c.primaryKey())
    .addColumn("value", "text", (c) => c.notNull())
    .execute();
  await table("tenant")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("subtype", "text")
    .addColumn("tier", "text")
    .addColumn("entitlements", "text", (c) => c.notNull())
    .execute();
  await table("role")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("tenant_id", "text", (c) => c.notNull().references("tenant.id"))
    .addColumn("app", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("template", "text", (c) => c.notNull())
    .addColumn("levels", "text", (c) => c.notNull())
    .addColumn("scope", "text", (c) => c.notNull())
    .execute();
  await table("account")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("tenant_id", "text", (c) => c.notNull().references("tenant.id"))
    .addColumn("login", "text", (c) => c.notNull().unique())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("role_id", "text", (c) => c.references("role.id"))
    .addColumn("suspended", "integer", (c) => c.notNull())
    .addColumn("locale", "text", (c) => c.notNull())
    .execute();
  await table("record")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("tenant_id", "text", (c) => c.notNull())
    .addColumn("customer_id", "text", (c) => c.notNull())
    .addColumn("device_id", "text", (c) => c.notNull())
    .addColumn("assignee_id", "text", (c) => c.notNull())
    .addColumn("data", "text", (c) => c.notNull())
    .execute();
  await table("coverage")
    .addColumn("device_id", "text", (c) => c.notNull())
    .addColumn("partner_id", "text", (c) => c.notNull())
    .addColumn("agreement_id", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("starts_at", "text", (c) => c.notNull())
    .addColumn("ends_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("coverage_pk", ["device_id", "agreement_id"])
    .execute();
  await table("lens")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("tenant_id", "text", (c) => c.notNull())
    .addColumn("account_id", "text")
    .addColumn("viewer", "text", (c) => c.notNull())
    .addColumn("head", "integer", (c) => c.notNull())
    .execute();
  await table("feed")
    .addColumn("lens_id", "text", (c) => c.notNull())
    .addColumn("record_id", "text", (c) => c.notNull())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("customer_id", "text", (c) => c.notNull())
    .addColumn("until", "text")
    .addColumn("doc", "text")
    .addPrimaryKeyConstraint("feed_pk", ["lens_id", "record_id"])
    .execute();
  await table("verdict")
    .addColumn("intent_id", "text", (c) => c.primaryKey())
    .addColumn("actor_id", "text", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("failure", "text")
    .addColumn("at", "text", (c) => c.notNull())
    .execute();
  await table("audit_head")
    .addColumn("log_id", "text", (c) => c.primaryKey())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .execute();
  await table("audit")
    .addColumn("log_id", "text", (c) => c.notNull())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("prev_hash", "text", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("at", "text", (c) => c.notNull())
    .addColumn("entry", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("audit_pk", ["log_id", "seq"])
    .execute();
  await indexes(db);
};

const indexes = async (db: Kysely<Database>): Promise<void> => {
  const index = (name: string, table: string, columns: string[]) =>
    db.schema.createIndex(name).on(table).columns(columns).execute();
  await index("account_tenant", "account", ["tenant_id"]);
  await index("record_device", "record", ["device_id", "kind"]);
  await index("record_customer", "record", ["customer_id", "kind"]);
  await index("record_assignee", "record", ["assignee_id", "device_id"]);
  await index("record_tenant", "record", ["tenant_id", "kind"]);
  await index("coverage_partner", "coverage", ["partner_id", "device_id"]);
  await index("coverage_starts", "coverage", ["starts_at"]);
  await index("lens_tenant", "lens", ["tenant_id"]);
  await db.schema.createIndex("feed_seq").unique().on("feed").columns(["lens_id", "seq"]).execute();
  await index("feed_record", "feed", ["record_id"]);
  await index("feed_until", "feed", ["until"]);
  await index("feed_customer", "feed", ["customer_id", "lens_id", "kind"]);
};

/** What the two databases spell differently. */
export const dialectUp = {
  sqlite: async (db: Kysely<Database>): Promise<void> => {
    await sql`CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, created_at TEXT NOT NULL)`.execute(
      db,
    );
    for (const verb of ["UPDATE", "DELETE"]) {
      await sql`CREATE TRIGGER ${sql.raw(`audit_no_${verb.toLowerCase()}`)} BEFORE ${sql.raw(verb)} ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`.execute(db);
    }
  },
  postgres: async (db: Kysely<Database>): Promise<void> => {
    await sql`CREATE TABLE outbox (id SERIAL PRIMARY KEY, event TEXT NOT NULL, created_at TEXT NOT NULL)`.execute(
      db,
    );
    await sql`CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$`.execute(db);
    await sql`CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
      FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()`.execute(db);
  },
};
