import fc from "fast-check";
import { expect, test } from "vitest";
import type { SqliteCheckpoint } from "./shared-collection.ts";
import {
  FILLED_SCHEMA,
  type Item,
  itemDocument,
  itemInstance,
  testDatabase,
} from "./storage-fixture.ts";

const item = (id: string, due = 1): Item => ({ id, kind: "visit", due });

test("pages of the feed give every document once, in its newest state, in the order of its last write", async () => {
  const instance = await itemInstance(testDatabase());
  const documents = ["a", "b", "c", "d"].map((id) => itemDocument(item(id)));
  await instance.bulkWrite(
    documents.map((document) => ({ document })),
    "test",
  );
  const [first] = documents;
  if (first === undefined) throw new Error("nothing written");
  const newer = itemDocument(item("a", 2), { deleted: true });
  await instance.bulkWrite([{ previous: first, document: newer }], "test");
  const seen: string[] = [];
  let checkpoint: SqliteCheckpoint | undefined;
  for (;;) {
    const page = await instance.getChangedDocumentsSince(3, checkpoint);
    seen.push(...page.documents.map(({ id, due }) => `${id}${due}`));
    checkpoint = page.checkpoint;
    if (page.documents.length === 0) break;
  }
  expect(seen).toEqual(["b1", "c1", "d1", "a2"]);
});

test("the checkpoint of a change leads to exactly what was written after it", async () => {
  const instance = await itemInstance(testDatabase());
  const checkpoints: SqliteCheckpoint[] = [];
  instance.changeStream().subscribe((bulk) => checkpoints.push(bulk.checkpoint));
  for (const id of ["a", "b", "c"])
    await instance.bulkWrite([{ document: itemDocument(item(id)) }], "test");
  const after = await Promise.all(
    checkpoints.map((checkpoint) => instance.getChangedDocumentsSince(9, checkpoint)),
  );
  expect(after.map(({ documents }) => documents.map(({ id }) => id))).toEqual([
    ["b", "c"],
    ["c"],
    [],
  ]);
});

test("[S2] what is written after the clock was set back is still after every earlier checkpoint", async () => {
  const instance = await itemInstance(testDatabase());
  await instance.bulkWrite([{ document: itemDocument(item("a"), { lwt: 2_000 }) }], "test");
  const { checkpoint } = await instance.getChangedDocumentsSince(9);
  await instance.bulkWrite([{ document: itemDocument(item("b"), { lwt: 1_000 }) }], "test");
  expect(
    (await instance.getChangedDocumentsSince(9, checkpoint)).documents.map(({ id }) => id),
  ).toEqual(["b"]);
});

test("numbers stay spent after a purge of the newest document and a new start", async () => {
  const database = testDatabase();
  const instance = await itemInstance(database);
  await instance.bulkWrite(
    [{ document: itemDocument(item("a"), { deleted: true, lwt: 1 }) }],
    "test",
  );
  const { checkpoint } = await instance.getChangedDocumentsSince(9);
  await instance.cleanup(0);
  await instance.close();
  const again = await itemInstance(database);
  await again.bulkWrite([{ document: itemDocument(item("b")) }], "test");
  expect(
    (await again.getChangedDocumentsSince(9, checkpoint)).documents.map(({ id }) => id),
  ).toEqual(["b"]);
});

test("a checkpoint of another table, as a migration carries over, goes by write time and id", async () => {
  const database = testDatabase();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 12 }),
      fc.integer({ min: 0, max: 5 }),
      async (times, since) => {
        const instance = await itemInstance(database, {
          collection: `run ${runs++}`,
          schema: { ...FILLED_SCHEMA, version: 1 },
        });
        await instance.bulkWrite(
          times.map((lwt, n) => ({ document: itemDocument(item(`i${n}`), { lwt }) })),
          "test",
        );
        const seen: string[] = [];
        let checkpoint: SqliteCheckpoint = { id: "i3", lwt: since, seq: 999, epoch: "another" };
        for (let more = true; more; ) {
          const page = await instance.getChangedDocumentsSince(2, checkpoint);
          seen.push(...page.documents.map(({ id }) => id));
          checkpoint = page.checkpoint;
          more = page.documents.length > 0;
        }
        const expected = times
          .map((lwt, n) => ({ lwt, id: `i${n}` }))
          .filter(({ lwt, id }) => lwt > since || (lwt === since && id > "i3"))
          .sort((a, b) => a.lwt - b.lwt || (a.id < b.id ? -1 : 1));
        expect(seen).toEqual(expected.map(({ id }) => id));
        await instance.close();
      },
    ),
    { numRuns: 40 },
  );
});

let runs = 0;
