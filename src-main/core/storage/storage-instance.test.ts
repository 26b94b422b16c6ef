import type { RxDocumentData } from "rxdb/plugins/core";
import { expect, test } from "vitest";
import type { SqliteEventBulk } from "./shared-collection.ts";
import {
  FILLED_SCHEMA,
  type Item,
  itemDocument,
  itemInstance,
  prepared,
  testDatabase,
} from "./storage-fixture.ts";
import type { SqliteStorageInstance } from "./storage-instance.ts";

const item = (id: string, rest: Partial<Item> = {}): Item => ({
  id,
  kind: "visit",
  due: 1,
  ...rest,
});
const write = (instance: SqliteStorageInstance<Item>, ...documents: RxDocumentData<Item>[]) =>
  instance.bulkWrite(
    documents.map((document) => ({ document })),
    "test",
  );
const ids = (documents: readonly Item[]): string[] => documents.map(({ id }) => id);

test("a written document is found by its id, deleted ones only on request", async () => {
  const instance = await itemInstance(testDatabase());
  const [here, gone] = [itemDocument(item("here")), itemDocument(item("gone"), { deleted: true })];
  expect((await write(instance, here, gone)).error).toEqual([]);
  expect(await instance.findDocumentsById(["gone", "here", "never"], false)).toEqual([here]);
  expect(await instance.findDocumentsById(["gone", "here"], true)).toEqual([gone, here]);
});

test("many ids are found at once, odd ones included, each document once", async () => {
  const instance = await itemInstance(testDatabase());
  const odd = ["a\0b", "a\0c", "\ud800", "\u{1f600}", '"', "\\", "'", "ก"];
  const plain = Array.from({ length: 40 }, (_, n) => `id${n}`);
  await write(instance, ...[...odd, ...plain].map((id) => itemDocument(item(id))));
  for (const asked of [plain, [...odd, ...plain], [...odd.slice(2), ...plain, "never"]]) {
    const found = ids(await instance.findDocumentsById(asked, true));
    expect(found.toSorted()).toEqual(asked.filter((id) => id !== "never").toSorted());
  }
});

test("an insert of an id that is there is a conflict, and the other rows stand", async () => {
  const instance = await itemInstance(testDatabase());
  const first = itemDocument(item("a"));
  await write(instance, first);
  const { error } = await write(
    instance,
    itemDocument(item("b")),
    itemDocument(item("a", { due: 2 })),
    itemDocument(item("c")),
  );
  expect(error).toMatchObject([
    { status: 409, documentId: "a", isError: true, documentInDb: first },
  ]);
  expect(ids(await instance.findDocumentsById(["a", "b", "c"], false))).toEqual(["a", "b", "c"]);
  expect(await instance.findDocumentsById(["a"], false)).toEqual([first]);
});

test("an update on another revision than the stored one is a conflict with the stored document", async () => {
  const instance = await itemInstance(testDatabase());
  const [first, second, third] = [
    itemDocument(item("a")),
    itemDocument(item("a", { due: 2 })),
    itemDocument(item("a", { due: 3 })),
  ];
  await write(instance, first);
  expect((await instance.bulkWrite([{ previous: first, document: second }], "test")).error).toEqual(
    [],
  );
  const { error } = await instance.bulkWrite([{ previous: first, document: third }], "test");
  expect(error).toMatchObject([{ status: 409, documentInDb: second }]);
  expect(await instance.findDocumentsById(["a"], false)).toEqual([second]);
});

test("the same new id twice in one write: the first is written, the second a conflict", async () => {
  const instance = await itemInstance(testDatabase());
  const [first, second] = [itemDocument(item("a")), itemDocument(item("a", { due: 2 }))];
  const { error } = await write(instance, first, second);
  expect(error).toMatchObject([{ status: 409, documentInDb: first }]);
  expect(await instance.findDocumentsById(["a"], false)).toEqual([first]);
});

test("an update moves a document in every index it changes, and only there", async () => {
  const instance = await itemInstance(testDatabase());
  const first = itemDocument(item("a", { queue: "q", open: true, place: { region: "north" } }));
  const second = itemDocument({ ...item("a", { queue: "q", due: 9, open: false, place: {} }) });
  await write(instance, first);
  await instance.bulkWrite([{ previous: first, document: second }], "test");
  const found = async (selector: object) =>
    (await instance.query(prepared({ selector }))).documents;
  expect(await found({ kind: "visit", due: 9 })).toEqual([second]);
  expect(await found({ queue: "q", due: { $gt: 5 } })).toEqual([second]);
  expect(await found({ kind: "visit", due: 1 })).toEqual([]);
  expect(await found({ open: true, _deleted: { $eq: false } })).toEqual([]);
  expect(await found({ "place.region": "north" })).toEqual([]);
  expect(await found({ "place.region": { $exists: false } })).toEqual([second]);
});

test("a deleted document leaves the answers of live queries and can come back", async () => {
  const instance = await itemInstance(testDatabase());
  const live = prepared({ selector: { kind: "visit", _deleted: { $eq: false } } as object });
  const first = itemDocument(item("a"));
  const gone = itemDocument(item("a"), { deleted: true });
  const back = itemDocument(item("a", { due: 5 }));
  await write(instance, first);
  await instance.bulkWrite([{ previous: first, document: gone }], "test");
  expect((await instance.query(live)).documents).toEqual([]);
  expect(await instance.count(live)).toEqual({ count: 0, mode: "fast" });
  await instance.bulkWrite([{ previous: gone, document: back }], "test");
  expect((await instance.query(live)).documents).toEqual([back]);
});

test("all instances of a collection hear each write once, with its context and documents", async () => {
  const database = testDatabase();
  const [one, other] = [await itemInstance(database), await itemInstance(database)];
  const heard: SqliteEventBulk<Item>[] = [];
  one.changeStream().subscribe((bulk) => heard.push(bulk));
  other.changeStream().subscribe((bulk) => heard.push(bulk));
  const [first, second, gone] = [
    itemDocument(item("a")),
    itemDocument(item("a", { due: 2 })),
    itemDocument(item("a"), { deleted: true }),
  ];
  await one.bulkWrite([{ document: first }], "by one");
  await other.bulkWrite([{ previous: first, document: second }], "by other");
  await one.bulkWrite([{ previous: second, document: gone }], "by one");
  expect(heard.map(({ context }) => context)).toEqual([
    "by one",
    "by one",
    "by other",
    "by other",
    "by one",
    "by one",
  ]);
  expect(heard.filter((_, n) => n % 2 === 0).flatMap(({ events }) => events)).toMatchObject([
    { operation: "INSERT", documentId: "a", documentData: first },
    { operation: "UPDATE", documentId: "a", documentData: second, previousDocumentData: first },
    { operation: "DELETE", documentId: "a", documentData: gone, previousDocumentData: second },
  ]);
});

test("an instance hears nothing more once it is closed, and no instance once one is removed", async () => {
  const database = testDatabase();
  const [one, other] = [await itemInstance(database), await itemInstance(database)];
  const heard: string[] = [];
  const listen = (name: string, instance: SqliteStorageInstance<Item>) =>
    instance.changeStream().subscribe({
      next: ({ context }) => heard.push(`${name}: ${context}`),
      complete: () => heard.push(`${name}: end`),
    });
  listen("one", one);
  listen("other", other);
  await other.close();
  await write(one, itemDocument(item("a")));
  listen("too late", other);
  expect(heard).toEqual(["other: end", "one: test", "too late: end"]);
  listen("third", await itemInstance(database));
  await one.remove();
  expect(heard.slice(3).toSorted()).toEqual(["one: end", "third: end"]);
});

test("a write of conflicts alone is heard by no one", async () => {
  const instance = await itemInstance(testDatabase());
  await write(instance, itemDocument(item("a")));
  const heard: unknown[] = [];
  instance.changeStream().subscribe((bulk) => heard.push(bulk));
  await write(instance, itemDocument(item("a")));
  expect(heard).toEqual([]);
});

test("cleanup purges what was deleted long enough ago, a bounded number at a time", async () => {
  const database = testDatabase();
  const instance = await itemInstance(database);
  const now = Date.now();
  const old = Array.from({ length: 5_100 }, (_, n) =>
    itemDocument(item(`old${n}`), { deleted: true, lwt: now - 60_000 }),
  );
  await write(
    instance,
    ...old,
    itemDocument(item("new"), { deleted: true, lwt: now }),
    itemDocument(item("live"), { lwt: now - 60_000 }),
  );
  expect(await instance.cleanup(30_000)).toBe(false);
  expect(await instance.cleanup(30_000)).toBe(true);
  expect(ids(await instance.findDocumentsById(["old0", "old5099", "new", "live"], true))).toEqual([
    "new",
    "live",
  ]);
});

test("remove drops the table, and whoever still holds an instance is told", async () => {
  const database = testDatabase();
  const [one, other] = [await itemInstance(database), await itemInstance(database)];
  await write(one, itemDocument(item("a")));
  await one.remove();
  await expect(other.findDocumentsById(["a"], true)).rejects.toMatchObject({ code: "closed" });
  const again = await itemInstance(database);
  expect(await again.findDocumentsById(["a"], true)).toEqual([]);
  expect(database.prepare("SELECT count(*) AS n FROM rx_tables").get()).toEqual({ n: 1 });
});

test("a closed instance refuses, and closing twice is closing once", async () => {
  const database = testDatabase();
  const [one, other] = [await itemInstance(database), await itemInstance(database)];
  await one.close();
  await one.close();
  await expect(write(one, itemDocument(item("a")))).rejects.toMatchObject({
    name: "StorageFault",
    code: "closed",
  });
  expect((await write(other, itemDocument(item("a")))).error).toEqual([]);
});

test("collections and schema versions are apart from one another", async () => {
  const database = testDatabase();
  const instances = [
    await itemInstance(database),
    await itemInstance(database, { collection: "others" }),
    await itemInstance(database, { schema: { ...FILLED_SCHEMA, version: 1 } }),
  ] as const;
  await write(instances[0], itemDocument(item("a")));
  for (const other of instances.slice(1))
    expect(await other.findDocumentsById(["a"], true)).toEqual([]);
});

test("a collection that comes back with other indexes keeps its documents and answers by the new ones", async () => {
  const database = testDatabase();
  const instance = await itemInstance(database);
  const documents = Array.from({ length: 1_100 }, (_, n) =>
    itemDocument(item(`i${n}`, { note: `n${n % 3}` })),
  );
  await write(instance, ...documents);
  const { checkpoint } = await instance.getChangedDocumentsSince(1_099);
  await instance.close();
  const schema = {
    ...FILLED_SCHEMA,
    indexes: [
      ["_deleted", "note", "due", "id"],
      ["_meta.lwt", "id"],
    ],
  };
  const again = await itemInstance(database, { schema });
  expect(await again.count(prepared({ selector: { note: "n1" } }))).toEqual({
    count: 367,
    mode: "fast",
  });
  expect(ids((await again.getChangedDocumentsSince(10, checkpoint)).documents)).toEqual(["i1099"]);
  expect(
    database.prepare("SELECT count(*) AS n FROM sqlite_master WHERE sql LIKE '%c1, id%'").get(),
  ).toEqual({ n: 1 });
});

test("attachments are kept with their documents, replaced, removed and purged with them", async () => {
  const database = testDatabase();
  const instance = await itemInstance(database, { schema: { ...FILLED_SCHEMA, attachments: {} } });
  const blob = (text: string) => new Blob([text], { type: "text/plain" });
  const attachment = (text: string) => ({
    digest: `md5-${text}`,
    length: text.length,
    type: "text/plain",
    data: blob(text),
  });
  const first = {
    ...itemDocument(item("a")),
    _attachments: { photo: attachment("one"), note: attachment("two") },
  };
  expect((await instance.bulkWrite([{ document: first }], "test")).error).toEqual([]);
  const [stored] = await instance.findDocumentsById(["a"], false);
  expect(stored?._attachments).toEqual({
    photo: { digest: "md5-one", length: 3, type: "text/plain" },
    note: { digest: "md5-two", length: 3, type: "text/plain" },
  });
  const data = await instance.getAttachmentData("a", "photo", "md5-one");
  expect([await data.text(), data.type]).toEqual(["one", "text/plain"]);
  await expect(instance.getAttachmentData("a", "photo", "md5-two")).rejects.toThrow(
    "does not exist",
  );
  if (stored === undefined) throw new Error("not stored");
  const second = { ...itemDocument(item("a")), _attachments: { photo: attachment("three") } };
  expect(
    (await instance.bulkWrite([{ previous: stored, document: second }], "test")).error,
  ).toEqual([]);
  expect(await (await instance.getAttachmentData("a", "photo", "md5-three")).text()).toBe("three");
  await expect(instance.getAttachmentData("a", "note", "md5-two")).rejects.toThrow(
    "does not exist",
  );
  const stub = { photo: { digest: "md5-three", length: 5, type: "text/plain" } };
  const gone = itemDocument(item("a"), { deleted: true, lwt: 1 });
  await instance.bulkWrite(
    [{ previous: { ...second, _attachments: stub }, document: gone }],
    "test",
  );
  await instance.cleanup(0);
  expect(
    database.prepare(`SELECT count(*) AS n FROM "${instance.internals.table}_att"`).get(),
  ).toEqual({ n: 0 });
  const lacking = { ...itemDocument(item("b")), _attachments: stub };
  expect((await instance.bulkWrite([{ document: lacking }], "test")).error).toMatchObject([
    { status: 510, attachmentId: "photo" },
  ]);
});
