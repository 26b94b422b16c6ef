import {
  createRxDatabase,
  type RxCollection,
  type RxReplicationWriteToMasterRow,
  type WithDeleted,
} from "rxdb/plugins/core";
import { replicateRxCollection } from "rxdb/plugins/replication";
import { expect, onTestFinished, test } from "vitest";
import { getRxStorageSqlite } from "./rx-storage-sqlite.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import { ITEM_SCHEMA, type Item, testDatabase } from "./storage-fixture.ts";

/** The authority: one list of documents in the order of their last change. */
class Server {
  readonly feed: WithDeleted<Item>[] = [];
  pulls = 0;

  put(document: WithDeleted<Item>): void {
    const before = this.feed.findIndex(({ id }) => id === document.id);
    if (before >= 0) this.feed.splice(before, 1);
    this.feed.push(document);
  }

  /** Takes what nobody else changed; gives back what is, where somebody did. */
  push(rows: RxReplicationWriteToMasterRow<Item>[]): WithDeleted<Item>[] {
    return rows.flatMap(({ assumedMasterState, newDocumentState }) => {
      const here = this.feed.find(({ id }) => id === newDocumentState.id);
      if (here !== undefined && here.due !== assumedMasterState?.due) return [here];
      this.put(newDocumentState);
      return [];
    });
  }
}

async function client(
  name: string,
  database: SqliteDatabase,
  server: Server,
): Promise<{
  items: RxCollection<Item>;
  sync: () => Promise<void>;
  close: () => Promise<boolean>;
}> {
  const db = await createRxDatabase({
    name,
    storage: getRxStorageSqlite({ databaseFor: () => database }),
    multiInstance: false,
  });
  const { items } = await db.addCollections<{ items: RxCollection<Item> }>({
    items: { schema: ITEM_SCHEMA },
  });
  const sync = async () => {
    const replication = replicateRxCollection<Item, { at: number }>({
      collection: items,
      replicationIdentifier: "server",
      live: false,
      waitForLeadership: false,
      pull: {
        batchSize: 7,
        handler: async (since, limit) => {
          server.pulls++;
          const from = since?.at ?? 0;
          const documents = structuredClone(server.feed.slice(from, from + limit));
          return { documents, checkpoint: { at: from + documents.length } };
        },
      },
      push: { batchSize: 5, handler: async (rows) => structuredClone(server.push(rows)) },
    });
    const errors: unknown[] = [];
    replication.error$.subscribe((error) => errors.push(error));
    await replication.awaitInitialReplication();
    await replication.cancel();
    expect(errors).toEqual([]);
  };
  const close = () => db.close();
  onTestFinished(async () => {
    await close();
  });
  return { items, sync, close };
}

const item = (n: number, due = n): WithDeleted<Item> => ({
  id: `i${n}`,
  kind: "visit",
  due,
  _deleted: false,
});
const dues = async (items: RxCollection<Item>) =>
  (await items.find({ sort: [{ due: "asc" }] }).exec()).map(({ due }) => due);

test("a first sync brings every document, and starts again from its checkpoint after a new start", async () => {
  const [database, server] = [testDatabase(), new Server()];
  for (let n = 0; n < 40; n++) server.put(item(n));
  const first = await client("one", database, server);
  await first.sync();
  expect(await dues(first.items)).toHaveLength(40);
  await first.close();
  server.pulls = 0;
  server.put(item(40));
  const again = await client("one", database, server);
  await again.sync();
  expect(server.pulls).toBe(1);
  expect(await dues(again.items)).toHaveLength(41);
});

test("local writes reach the server once, deletions too, and nothing pulled is pushed back", async () => {
  const [database, server] = [testDatabase(), new Server()];
  for (let n = 0; n < 10; n++) server.put(item(n));
  const { items, sync } = await client("two", database, server);
  await sync();
  await items.bulkInsert(
    Array.from({ length: 12 }, (_, n) => ({ id: `own${n}`, kind: "call", due: 100 + n })),
  );
  await (await items.findOne("i3").exec(true)).remove();
  await sync();
  expect(server.feed).toHaveLength(22);
  expect(server.feed.filter((document) => document._deleted).map(({ id }) => id)).toEqual(["i3"]);
  expect(server.feed.slice(0, 9).map(({ id }) => id)).not.toContain("i3");
});

test("[S4] on a conflict the server's answer is what stays", async () => {
  const [database, server] = [testDatabase(), new Server()];
  server.put(item(1));
  const { items, sync } = await client("three", database, server);
  await sync();
  await (await items.findOne("i1").exec(true)).patch({ due: 500 });
  server.put(item(1, 900));
  await sync();
  expect(await dues(items)).toEqual([900]);
});
