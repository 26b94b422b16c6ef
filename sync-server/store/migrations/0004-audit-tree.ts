import { type Kysely, sql } from "kysely";
import { CompactRange } from "#shared/audit/compact-range.ts";
import type { AuditEntry } from "#shared/audit/entry.ts";
import { START } from "#shared/audit/line.ts";
import { type End, insertNodes, rowsOf } from "../../audit/rows.ts";
import type { Database } from "../schema.ts";

/**
 * Audit logs that anybody can verify (PRT-4): a tree over each, values that are committed to and
 * opened apart, signed heads, and what lines are looked for by.
 */
export const up = async (db: Kysely<Database>): Promise<void> => {
  const added = [
    ["openings", "text", "{}"],
    ["intent_id", "text", ""],
    ["type", "text", ""],
    ["actor_id", "text", ""],
    ["applied", "integer", 0],
  ] as const;
  // One statement each: SQLite adds no two columns at once.
  for (const [name, kind, start] of added) {
    await db.schema
      .alterTable("audit")
      .addColumn(name, kind, (c) => c.notNull().defaultTo(start))
      .execute();
  }
  await db.schema
    .alterTable("audit_head")
    .addColumn("tree", "text", (c) => c.notNull().defaultTo("[]"))
    .execute();
  await db.schema
    .createTable("audit_node")
    .addColumn("log_id", "text", (c) => c.notNull())
    .addColumn("level", "integer", (c) => c.notNull())
    .addColumn("idx", "integer", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("audit_node_pk", ["log_id", "level", "idx"])
    .execute();
  await db.schema
    .createTable("audit_signed")
    .addColumn("log_id", "text", (c) => c.notNull())
    .addColumn("size", "integer", (c) => c.notNull())
    .addColumn("kid", "text", (c) => c.notNull())
    .addColumn("jws", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("audit_signed_pk", ["log_id", "size", "kid"])
    .execute();
  await db.schema.createIndex("audit_intent").on("audit").column("intent_id").execute();
};

const AT_ONCE = 500;

/** Writes what the lines tell anew, in the form that is committed to. Never done again after this. */
const convert = async (db: Kysely<Database>): Promise<void> => {
  for (const { log_id } of await db.selectFrom("audit_head").select("log_id").execute()) {
    const end = { seq: 0, hash: START, tree: new CompactRange() };
    for (;;) {
      const lines = await db
        .selectFrom("audit")
        .select("entry")
        .where("log_id", "=", log_id)
        .where("seq", ">", end.seq)
        .orderBy("seq")
        .limit(AT_ONCE)
        .execute();
      if (lines.length === 0) break;
      const entries = lines.map(({ entry }) => JSON.parse(entry) as AuditEntry);
      await rewrite(db, log_id, end, entries);
    }
    await db
      .updateTable("audit_head")
      .set({ hash: end.hash, tree: JSON.stringify(end.tree.hashes) })
      .where("log_id", "=", log_id)
      .execute();
  }
};

const rewrite = async (db: Kysely<Database>, log: string, end: End, entries: AuditEntry[]) => {
  const { rows, nodes } = rowsOf(log, end, entries);
  for (const { log_id, seq, ...row } of rows) {
    await db
      .updateTable("audit")
      .set(row)
      .where("log_id", "=", log_id)
      .where("seq", "=", seq)
      .execute();
  }
  await insertNodes(db, log, nodes);
};

const keys = {
  audit: ["log_id", "seq"],
  audit_node: ["log_id", "level", "idx"],
  audit_signed: ["log_id", "size", "kid"],
};

const REFUSED = "the audit log is append-only";

/** What the two databases spell differently: the triggers, which stand aside for this one rewriting. */
export const dialectUp = {
  sqlite: async (db: Kysely<Database>): Promise<void> => {
    await sql`DROP TRIGGER audit_no_update`.execute(db);
    await sql`DROP TRIGGER audit_no_delete`.execute(db);
    await convert(db);
    for (const [table, key] of Object.entries(keys)) {
      const same = key.map((column) => `${column} = NEW.${column}`).join(" AND ");
      const triggers = {
        update: "UPDATE",
        delete: "DELETE",
        // REPLACE deletes what is in its way without asking the trigger on DELETE.
        replace: "INSERT",
      };
      for (const [name, verb] of Object.entries(triggers)) {
        const when = name === "replace" ? `WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${same})` : "";
        await sql
          .raw(
            `CREATE TRIGGER ${table}_no_${name} BEFORE ${verb} ON ${table} ${when}
             BEGIN SELECT RAISE(ABORT, '${REFUSED}'); END`,
          )
          .execute(db);
      }
    }
  },
  postgres: async (db: Kysely<Database>): Promise<void> => {
    await sql`DROP TRIGGER audit_no_change ON audit`.execute(db);
    await convert(db);
    for (const table of Object.keys(keys)) {
      await sql
        .raw(
          `CREATE TRIGGER ${table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()`,
        )
        .execute(db);
      // Also where a session says that it only replicates.
      await sql.raw(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${table}_no_change`).execute(db);
    }
  },
};
