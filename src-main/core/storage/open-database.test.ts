import { closeSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkForDamage, emptyWriteAheadLog } from "./damage-check.ts";
import { openEncryptedDatabase } from "./open-database.ts";
import {
  itemDocument,
  itemInstance,
  TEST_KEY,
  testDatabase,
  testFolder,
} from "./storage-fixture.ts";

const SECRET = "Wattana-Hospital-ward-7";

async function filledFile(items = 300): Promise<string> {
  const file = join(testFolder(), "deep", "core.db");
  const opened = openEncryptedDatabase({ file, keyHex: TEST_KEY });
  if (!opened.ok) throw new Error(opened.detail);
  const instance = await itemInstance(opened.database);
  await instance.bulkWrite(
    Array.from({ length: items }, (_, n) => ({
      document: itemDocument({
        id: `id${n}`,
        kind: SECRET.slice(0, 16),
        due: n,
        note: SECRET.repeat(10),
      }),
    })),
    "test",
  );
  opened.database.close();
  return file;
}

function overwrite(file: string, offset: number): void {
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(256, 0x5a), 0, 256, offset);
  closeSync(handle);
}

test("nothing that was written can be read in the bytes of any file", async () => {
  const folder = testFolder();
  const database = testDatabase(join(folder, "core.db"));
  const instance = await itemInstance(database);
  await instance.bulkWrite(
    [{ document: itemDocument({ id: SECRET, kind: SECRET, due: 1, note: SECRET }) }],
    "test",
  );
  const names = readdirSync(folder);
  expect(names.sort()).toEqual(["core.db", "core.db-shm", "core.db-wal"]);
  for (const name of names) {
    const bytes = readFileSync(join(folder, name));
    expect(bytes.includes(SECRET), name).toBe(false);
    expect(bytes.includes("SQLite format 3"), name).toBe(false);
    expect(bytes.includes("rx_tables"), name).toBe(false);
  }
});

test("a second opening with the same key finds what was there", async () => {
  const instance = await itemInstance(testDatabase(await filledFile()));
  expect(await instance.findDocumentsById(["id7"], false)).toHaveLength(1);
});

test("a wrong key is refused as a wrong key, and harms nothing", async () => {
  const file = await filledFile();
  const before = readFileSync(file);
  expect(openEncryptedDatabase({ file, keyHex: "1f".repeat(32) })).toMatchObject({
    ok: false,
    code: "wrong-key",
  });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("a key that is not 32 bytes in hex is a mistake of the caller", () => {
  expect(() => openEncryptedDatabase({ file: "never", keyHex: "secret" })).toThrow(TypeError);
});

test("a file whose first page is damaged is told from a wrong key", async () => {
  const file = await filledFile();
  overwrite(file, 600);
  expect(openEncryptedDatabase({ file, keyHex: TEST_KEY })).toMatchObject({
    ok: false,
    code: "damaged",
  });
});

test("damage further in is found by the check, and a read of it is a fault", async () => {
  const file = await filledFile();
  const pages = readFileSync(file).length / 4096;
  for (let page = 10; page < pages; page += 4) overwrite(file, page * 4096 + 100);
  const database = testDatabase(file);
  expect(checkForDamage(database)).toMatchObject({ sound: false });
  const reading = itemInstance(database).then((instance) =>
    instance.findDocumentsById(
      Array.from({ length: 300 }, (_, n) => `id${n}`),
      true,
    ),
  );
  await expect(reading).rejects.toMatchObject({ name: "StorageFault", code: "damaged" });
});

test("a whole file passes the check", async () => {
  expect(checkForDamage(testDatabase(await filledFile()))).toEqual({ sound: true });
});

test("a folder that cannot be written is reported as such", () => {
  const file = join(testFolder(), "a-file");
  writeFileSync(file, "");
  expect(openEncryptedDatabase({ file: join(file, "core.db"), keyHex: TEST_KEY })).toMatchObject({
    ok: false,
    code: "unwritable",
  });
});

test("[S9] the write-ahead log can be emptied", async () => {
  const folder = testFolder();
  const database = testDatabase(join(folder, "core.db"));
  await itemInstance(database);
  expect(readFileSync(join(folder, "core.db-wal")).length).toBeGreaterThan(0);
  emptyWriteAheadLog(database);
  expect(readFileSync(join(folder, "core.db-wal"))).toHaveLength(0);
});
