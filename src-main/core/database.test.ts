import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRxDatabase } from "rxdb/plugins/core";
import { afterAll, describe, expect, test } from "vitest";
import { eraseDatabase, openLocalDatabase } from "./database.ts";
import { recordSchema } from "./records/schema.ts";
import { openEncryptedDatabase } from "./storage/open-database.ts";
import { getRxStorageSqlite } from "./storage/rx-storage-sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "local-"));
const key = randomBytes(32).toString("hex");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The file as another version of the product would have left it. */
const fileOfAnotherVersion = async (file: string): Promise<void> => {
  const opened = openEncryptedDatabase({ file, keyHex: key });
  if (!opened.ok) throw new Error(opened.code);
  const storage = getRxStorageSqlite({ databaseFor: () => opened.database });
  const rx = await createRxDatabase({ name: "riversync", storage, multiInstance: false });
  const { base: _base, ...properties } = recordSchema.properties;
  await rx.addCollections({ records: { schema: { ...recordSchema, properties } } });
  await rx.close();
  opened.database.close();
};

describe("a local database that cannot be opened says why, and is left as it is", () => {
  test("another key", async () => {
    const file = join(folder, "key.db");
    const opened = await openLocalDatabase(file, key);
    if (opened.ok) await opened.value.close();
    const other = await openLocalDatabase(file, randomBytes(32).toString("hex"));
    expect(other).toMatchObject({ error: { code: "storage-key-wrong", params: { file } } });
    const again = await openLocalDatabase(file, key);
    expect(again.ok).toBe(true);
    if (again.ok) await again.value.close();
  });

  test("no database at all", async () => {
    const file = join(folder, "text.db");
    writeFileSync(file, "this is no database ".repeat(1000));
    const opened = await openLocalDatabase(file, key);
    expect(opened).toMatchObject({ ok: false, error: { layer: "storage" } });
  });

  test("[S12] one of another version", async () => {
    const file = join(folder, "version.db");
    await fileOfAnotherVersion(file);
    const opened = await openLocalDatabase(file, key);
    expect(opened).toMatchObject({ error: { code: "storage-other-version", params: { file } } });
    eraseDatabase(file);
    const fresh = await openLocalDatabase(file, key);
    expect(fresh.ok).toBe(true);
    if (fresh.ok) await fresh.value.close();
  });
});
