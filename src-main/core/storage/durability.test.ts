import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { checkForDamage } from "./damage-check.ts";
import { StorageFault } from "./storage-fault.ts";
import {
  type Item,
  itemDocument,
  itemInstance,
  prepared,
  TEST_KEY,
  testDatabase,
  testFolder,
} from "./storage-fixture.ts";

const item = (id: string, note = ""): Item => ({ id, kind: "visit", due: 1, note });

/** A process that writes batch after batch and reports each one once its promise has resolved. */
function writer(file: string): ChildProcess {
  const at = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const program = `
    const { openEncryptedDatabase } = await import(${at("./open-database.ts")});
    const { getRxStorageSqlite } = await import(${at("./rx-storage-sqlite.ts")});
    const { fillWithDefaultSettings } = await import("rxdb/plugins/core");
    const { database } = openEncryptedDatabase({ file: ${JSON.stringify(file)}, keyHex: "${TEST_KEY}" });
    const schema = fillWithDefaultSettings({ version: 0, primaryKey: "id", type: "object",
      properties: { id: { type: "string", maxLength: 64 }, kind: { type: "string", maxLength: 16 },
        due: { type: "number", minimum: 0, maximum: 1e9, multipleOf: 1 } }, required: ["id"], indexes: [["kind", "due"]] });
    const instance = await getRxStorageSqlite({ databaseFor: () => database }).createStorageInstance({
      databaseInstanceToken: "t", databaseName: "test", collectionName: "items", schema, options: {},
      multiInstance: false, devMode: false });
    for (let batch = 0; ; batch++) {
      const rows = Array.from({ length: 20 }, (_, n) => ({ document: { id: batch + "-" + n, kind: "visit", due: n,
        _deleted: false, _attachments: {}, _rev: "1-x", _meta: { lwt: batch + 1 } } }));
      await instance.bulkWrite(rows, "test");
      process.stdout.write(batch + "\\n");
    }`;
  return spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

test("every write that was reported is there after the process was killed", async () => {
  const file = join(testFolder(), "core.db");
  const child = writer(file);
  let reported = -1;
  if (child.stdout === null) throw new Error("no output");
  for await (const line of createInterface({ input: child.stdout })) {
    reported = Number(line);
    if (reported === 60) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  const database = testDatabase(file);
  expect(checkForDamage(database)).toEqual({ sound: true });
  const instance = await itemInstance(database);
  const ids = Array.from(
    { length: (reported + 1) * 20 },
    (_, n) => `${Math.floor(n / 20)}-${n % 20}`,
  );
  expect(await instance.findDocumentsById(ids, false)).toHaveLength(ids.length);
  const { count } = await instance.count(prepared({ selector: {} }));
  expect(count % 20).toBe(0);
});

test("a full disk is a fault, nothing of that write is there, and writing goes on once there is room", async () => {
  const database = testDatabase();
  const instance = await itemInstance(database);
  await instance.bulkWrite([{ document: itemDocument(item("before")) }], "test");
  const pages = Number(database.pragma("page_count", { simple: true }));
  database.pragma(`max_page_count = ${pages + 20}`);
  const heard: unknown[] = [];
  instance.changeStream().subscribe((bulk) => heard.push(bulk));
  const many = Array.from({ length: 200 }, (_, n) => ({
    document: itemDocument(item(`n${n}`, "x".repeat(2_000))),
  }));
  const failed = await instance.bulkWrite(many, "test").catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(StorageFault);
  expect(failed).toMatchObject({ code: "disk-full", sqliteCode: "SQLITE_FULL" });
  expect(heard).toEqual([]);
  expect(await instance.count(prepared({ selector: {} }))).toEqual({ count: 1, mode: "fast" });
  expect(checkForDamage(database)).toEqual({ sound: true });
  database.pragma("max_page_count = 1000000");
  expect((await instance.bulkWrite(many, "test")).error).toEqual([]);
  expect(await instance.count(prepared({ selector: {} }))).toEqual({ count: 201, mode: "fast" });
});

test("a database that may not be written is a fault for writes, and still read", async () => {
  const database = testDatabase();
  const instance = await itemInstance(database);
  await instance.bulkWrite([{ document: itemDocument(item("a")) }], "test");
  database.pragma("query_only = ON");
  await expect(
    instance.bulkWrite([{ document: itemDocument(item("b")) }], "test"),
  ).rejects.toMatchObject({ name: "StorageFault", code: "read-only" });
  expect(await instance.findDocumentsById(["a", "b"], false)).toHaveLength(1);
});

test("a write that marked a column as beyond comparing and then failed leaves no mark", async () => {
  const database = testDatabase();
  const instance = await itemInstance(database);
  database.pragma(
    `max_page_count = ${Number(database.pragma("page_count", { simple: true })) + 5}`,
  );
  const odd = { ...itemDocument(item("odd")), queue: ["not text"] as unknown as string };
  const many = Array.from({ length: 100 }, (_, n) => ({
    document: itemDocument(item(`n${n}`, "x".repeat(2_000))),
  }));
  await expect(instance.bulkWrite([{ document: odd }, ...many], "test")).rejects.toMatchObject({
    code: "disk-full",
  });
  expect(database.prepare("SELECT untrusted FROM rx_tables").get()).toEqual({ untrusted: "[]" });
});
