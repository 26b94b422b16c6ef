import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  createRxDatabase,
  getChangedDocumentsSince,
  type RxCollection,
  type WithDeleted,
} from "rxdb/plugins/core";
import { replicateRxCollection } from "rxdb/plugins/replication";
import { expect, onTestFinished, test } from "vitest";
import { purgeDeletedDocuments, purgeDocuments } from "./purge.ts";
import { framesOf, pagesOf, readerOf } from "./raw-pages.ts";
import { getRxStorageSqlite } from "./rx-storage-sqlite.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import { ITEM_SCHEMA, type Item, TEST_KEY, testDatabase, testFolder } from "./storage-fixture.ts";
import { wipeErased } from "./wipe.ts";

const KEY = { database: "purge", collection: "items", version: 0 };
const numbers = Array.from({ length: 2_000 }, (_, n) => n);
const idOf = (n: number) => `item-${String(n).padStart(4, "0")}-of-ward`;
/** Long enough to need pages of its own now and then; no part of it is in another record's. */
const noteOf = (n: number) => `patient<${n}>`.repeat(5 + ((n * 37) % 700));

const itemsOf = async (database: SqliteDatabase): Promise<RxCollection<Item>> => {
  const rx = await createRxDatabase({
    name: KEY.database,
    storage: getRxStorageSqlite({ databaseFor: () => database }),
    multiInstance: false,
    eventReduce: false,
  });
  onTestFinished(async () => {
    await rx.close();
  });
  const { items } = await rx.addCollections<{ items: RxCollection<Item> }>({
    items: { schema: ITEM_SCHEMA },
  });
  return items;
};

const fill = (items: RxCollection<Item>) =>
  items.bulkInsert(
    numbers.map((n) => ({ id: idOf(n), kind: "visit", due: n, note: noteOf(n).slice(0, 40) })),
  );

/** Which of these records can be read in any page of any file of a folder, in use or not. */
const foundIn = (folder: string, file: string, which: readonly number[]): number[] => {
  const reader = readerOf(join(folder, file), TEST_KEY);
  if (reader === null) throw new Error("no file");
  const texts: string[] = [];
  for (const name of readdirSync(folder).filter((each) => !each.endsWith("-shm"))) {
    const path = join(folder, name.replace(/-wal$/, ""));
    const pages = name.endsWith("-wal") ? framesOf(path, reader, true) : pagesOf(path, reader);
    for (const { bytes } of pages) if (bytes !== null) texts.push(bytes.toString("latin1"));
  }
  const all = texts.join("\n");
  const seen = new Set([...all.matchAll(/item-(\d{4})-of-ward/g)].map((match) => Number(match[1])));
  for (const match of all.matchAll(/patient<(\d+)>/g)) seen.add(Number(match[1]));
  return which.filter((n) => seen.has(n));
};

test("[S9] of purged records nothing is left in any byte of any file, of the others everything", async () => {
  const folder = testFolder();
  const database = testDatabase(join(folder, "core.db"));
  const items = await itemsOf(database);
  await fill(items);
  // As in use: records grow, shrink and are written again, so that pages are split and merged.
  for (const step of [3, 7, 2, 1]) {
    const some = numbers.filter((n) => n % step === 0);
    const documents = await items.findByIds(some.map(idOf)).exec();
    await items.bulkUpsert(
      some.map((n) => ({
        id: idOf(n),
        kind: "visit",
        due: documents.get(idOf(n))?.due ?? n,
        note: noteOf(n).slice(0, ((n * step * 613) % 9_000) + 20),
      })),
    );
  }
  const purged = numbers.filter((n) => (n * 7919) % 2_000 < 1_000);
  const kept = numbers.filter((n) => !purged.includes(n));
  expect(foundIn(folder, "core.db", numbers)).toEqual(numbers);
  expect(purgeDocuments(database, KEY, purged.map(idOf))).toBe(purged.length);
  wipeErased(database);
  expect(foundIn(folder, "core.db", purged)).toEqual([]);
  expect(foundIn(folder, "core.db", kept)).toEqual(kept);
  await items.close();
  database.close();
  expect(foundIn(folder, "core.db", purged)).toEqual([]);
  expect(foundIn(folder, "core.db", kept)).toEqual(kept);
});

test("[S9] a purged document is served by no cache, and can come again", async () => {
  const database = testDatabase();
  const items = await itemsOf(database);
  await fill(items);
  const query = items.findOne(idOf(3));
  const held = await query.exec(true);
  expect(await items.find({ selector: { kind: "visit" } }).exec()).toHaveLength(2_000);
  purgeDocuments(database, KEY, [idOf(3), "never-was"]);
  expect(await query.exec()).toBeNull();
  expect(await items.find({ selector: { kind: "visit" } }).exec()).toHaveLength(1_999);
  expect(held.getLatest().deleted).toBe(true);
  expect(JSON.stringify(held.getLatest().toJSON())).not.toContain("patient");
  await items.insert({ id: idOf(3), kind: "call", due: 1 });
  expect((await query.exec(true)).getLatest().kind).toBe("call");
});

test("sequence numbers of purged writes are not given again", async () => {
  const database = testDatabase();
  const items = await itemsOf(database);
  await fill(items);
  const { checkpoint } = await getChangedDocumentsSince(items.storageInstance, 5_000);
  purgeDocuments(database, KEY, numbers.map(idOf));
  await items.insert({ id: "next", kind: "visit", due: 1 });
  const after = await getChangedDocumentsSince(items.storageInstance, 10, checkpoint);
  expect(after.documents.map((document) => (document as Item).id)).toEqual(["next"]);
});

test("[S9] deleted documents are purged wherever they came from", async () => {
  const database = testDatabase();
  const items = await itemsOf(database);
  await fill(items);
  await items.bulkRemove(numbers.slice(0, 700).map(idOf));
  expect(purgeDeletedDocuments(database, KEY)).toBe(700);
  expect(await items.storageInstance.findDocumentsById(numbers.map(idOf), true)).toHaveLength(
    1_300,
  );
});

const masterOf = (record: object) => {
  const { id, kind, due, _deleted } = record as WithDeleted<Item>;
  return { id, kind, due, _deleted };
};

test("[S9] where records describe themselves, replication keeps no document of them", async () => {
  const database = testDatabase();
  const rx = await createRxDatabase({
    name: KEY.database,
    storage: getRxStorageSqlite({
      databaseFor: () => database,
      selfDescribing: { collection: "items", masterOf },
    }),
    multiInstance: false,
  });
  onTestFinished(async () => {
    await rx.close();
  });
  const { items } = await rx.addCollections<{ items: RxCollection<Item> }>({
    items: { schema: ITEM_SCHEMA },
  });
  const sent = numbers.map((n) => ({ id: idOf(n), kind: "visit", due: n, _deleted: false }));
  const sync = async () => {
    const replication = replicateRxCollection<Item, { at: number }>({
      collection: items,
      replicationIdentifier: "server",
      live: false,
      waitForLeadership: false,
      pull: {
        batchSize: 500,
        handler: async (since, limit) => {
          const at = since?.at ?? 0;
          const documents = structuredClone(sent.slice(at, at + limit));
          return { documents, checkpoint: { at: at + documents.length } };
        },
      },
      push: {
        handler: async (rows) => {
          throw new Error(`nothing was written here, but ${rows.length} rows were sent`);
        },
      },
    });
    const errors: unknown[] = [];
    replication.error$.subscribe((error) => errors.push(error));
    await replication.awaitInitialReplication();
    await replication.cancel();
    expect(errors).toEqual([]);
  };
  await sync();
  sent.push({ id: idOf(5), kind: "call", due: 5, _deleted: false });
  await sync();
  expect((await items.findOne(idOf(5)).exec(true)).kind).toBe("call");
  const tables = database
    .prepare("SELECT id FROM rx_tables WHERE collection LIKE 'rx-replication-meta-%'")
    .pluck()
    .all();
  expect(tables).toHaveLength(1);
  const stored = database.prepare(`SELECT id FROM rx_${tables[0]} ORDER BY id`).pluck().all();
  expect(stored).toEqual(["down|1", "up|1"]);
});
