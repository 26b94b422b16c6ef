import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { Kysely, SqliteDialect, sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { auditEntry } from "#shared/testing/audit.ts";
import { appendAudit, brokenAt, readAudit } from "../../audit/log.ts";
import { treeOf } from "../../audit/tree.ts";
import { canonical, sha256 } from "../canonical.ts";
import { openSqlite } from "../open-sqlite.ts";
import type { Database } from "../schema.ts";
import type { Dialect, Store } from "../store.ts";
import { testCluster } from "../testing/cluster.ts";
import * as initial from "./0001-initial.ts";
import * as standing from "./0002-standing.ts";
import * as files from "./0003-files.ts";

const folder = mkdtempSync(join(tmpdir(), "audit-tree-"));
const cluster = testCluster();
afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** An empty database, and how the server opens it. */
interface Ground {
  empty: Kysely<Database>;
  open(): Promise<Store>;
}

const grounds: Record<Dialect, () => Promise<Ground>> = {
  sqlite: async () => {
    const file = join(folder, "server.db");
    return {
      empty: new Kysely({ dialect: new SqliteDialect({ database: new BetterSqlite(file) }) }),
      open: async () => {
        const opened = await openSqlite(file);
        if (!opened.ok) throw new Error(opened.error.code);
        return opened.value;
      },
    };
  },
  postgres: async () => {
    const database = await cluster.database();
    return { empty: database.owner(), open: () => database.open() };
  },
};

/** Makes a store as it was before, with a log of `count` lines, chained as they were then. */
const fillOld = async (db: Kysely<Database>, dialect: Dialect, log: string, count: number) => {
  for (const step of [initial, standing, files]) {
    await step.up(db);
    await step.dialectUp[dialect](db);
  }
  await sql`CREATE TABLE migration (name TEXT PRIMARY KEY)`.execute(db);
  await sql`INSERT INTO migration VALUES ('0001'), ('0002'), ('0003')`.execute(db);
  let hash = "0".repeat(64);
  for (let seq = 1; seq <= count; seq += 1) {
    const prev = hash;
    const text = canonical(auditEntry(`line ${seq}`));
    hash = sha256(`${prev}\n${seq}\n${text}`);
    await sql`INSERT INTO audit VALUES (${log}, ${seq}, ${prev}, ${hash}, ${"then"}, ${text})`.execute(
      db,
    );
  }
  await sql`INSERT INTO audit_head VALUES (${log}, ${count}, ${hash})`.execute(db);
  await db.destroy();
};

const dialects = Object.keys(grounds) as Dialect[];

test.each(dialects)(
  "[PRT-4] the lines of an older store are kept, and can be proven from then on: %s",
  async (dialect) => {
    const ground = await grounds[dialect]();
    const count = 1203;
    await fillOld(ground.empty, dialect, "log", count);
    const { db, close } = await ground.open();
    await db.transaction().execute((tx) => appendAudit(tx, "log", auditEntry("after")));
    const lines = await readAudit(db, "log");
    expect(lines.map(({ entry }) => entry)).toEqual(
      [...Array.from({ length: count }, (_, n) => `line ${n + 1}`), "after"].map(auditEntry),
    );
    expect(brokenAt(lines)).toBeNull();
    expect((await treeOf(db, "log")).size).toBe(count + 1);
    const { intent } = auditEntry("line 7");
    const found = await db
      .selectFrom("audit")
      .select(["seq", "type", "applied"])
      .where("intent_id", "=", intent.id)
      .execute();
    expect(found).toEqual([{ seq: 7, type: "ticket.note", applied: 1 }]);
    // Triggers, or rights, stood aside for that alone.
    const refused = /append-only|permission denied/;
    await expect(db.updateTable("audit").set({ at: "" }).execute()).rejects.toThrow(refused);
    await expect(db.deleteFrom("audit").execute()).rejects.toThrow(refused);
    await close();
  },
);
