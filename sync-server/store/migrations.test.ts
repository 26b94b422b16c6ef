import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { afterAll, expect, test } from "vitest";
import { serve } from "../testing/client.ts";
import { seed } from "../testing/world.ts";
import * as initial from "./migrations/0001-initial.ts";
import { openSqlite } from "./open-sqlite.ts";
import type { Database } from "./schema.ts";

const folder = mkdtempSync(join(tmpdir(), "migrations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Old = Database & { migration: { name: string } };

test("a store of the first shape takes every later step, keeps what it holds, and is served", async () => {
  const file = join(folder, "server.db");
  const old = new Kysely<Old>({
    dialect: new SqliteDialect({ database: new BetterSqlite(file) }),
  });
  await initial.up(old.withTables());
  await initial.dialectUp.sqlite(old.withTables());
  await old.schema
    .createTable("migration")
    .addColumn("name", "text", (c) => c.primaryKey())
    .execute();
  await old.insertInto("migration").values({ name: "0001" }).execute();
  await old
    .insertInto("feed")
    .values([
      { lens_id: "l", record_id: "stood", seq: 1, kind: "ticket", customer_id: "c", doc: "{}" },
      { lens_id: "l", record_id: "left", seq: 2, kind: "ticket", customer_id: "c", doc: null },
    ])
    .execute();
  await old.destroy();

  const opened = await openSqlite(file);
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  expect(
    await store.db.selectFrom("feed").select(["record_id", "since", "left_at"]).execute(),
  ).toEqual([
    { record_id: "stood", since: "1970-01-01T00:00:00.000Z", left_at: null },
    { record_id: "left", since: "1970-01-01T00:00:00.000Z", left_at: null },
  ]);
  await seed(store);
  const server = await serve(store);
  expect((await server.pull("Nok")).records.length).toBeGreaterThan(0);
  await server.app.close();
  await store.close();

  const again = await openSqlite(file);
  expect(again.ok).toBe(true);
  if (again.ok) await again.value.close();
});
