import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Intent } from "#shared/domain/intent.ts";
import { type LocalDatabase, openLocalDatabase } from "./database.ts";
import { type LocalRecord, withChanges } from "./records/local-record.ts";
import type { Migration, RecordShape } from "./records/migrations.ts";
import { recordSchema } from "./records/schema.ts";

const folder = mkdtempSync(join(tmpdir(), "migration-"));
const key = randomBytes(32).toString("hex");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COUNT = 1_200;
const idOf = (n: number) => `0198f000-0000-7000-8000-${String(n).padStart(12, "0")}`;

const intentOn = (n: number): Intent => ({
  id: `0198f000-0000-7000-9000-${String(n).padStart(12, "0")}`,
  type: "ticket.note",
  target: { kind: "ticket", id: idOf(n) },
  payload: { text: `said of ${n}` },
  actor: idOf(0),
  deviceTime: "2026-11-20T08:00:00.000Z",
  baseRev: n,
  after: null,
  skew: null,
  saw: {},
  mends: null,
});

/** Every tenth record has an intent waiting on it. */
const recordOf = (n: number): LocalRecord => {
  const data = { id: idOf(n), title: `record ${n}` };
  const pending = n % 10 === 0 ? [intentOn(n)] : [];
  return withChanges({ id: idOf(n), kind: "person", rev: n, until: "" }, data, pending, data);
};

/** A later version of the product: its records have one more field, made from the others. */
const later = (migration?: Migration): RecordShape => ({
  schema: {
    ...recordSchema,
    version: 1,
    properties: { ...recordSchema.properties, shape: { type: "string", maxLength: 60 } },
  } as unknown as RecordShape["schema"],
  migrations: { 1: migration ?? ((before) => ({ ...before, shape: `new ${String(before.id)}` })) },
});

const open = async (file: string, shape?: RecordShape): Promise<LocalDatabase> => {
  const opened = await openLocalDatabase(file, key, shape);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

const filled = async (name: string): Promise<string> => {
  const file = join(folder, `${name}.db`);
  const database = await open(file);
  await database.records.bulkInsert(Array.from({ length: COUNT }, (_, n) => recordOf(n)));
  await database.settings.insert({ key: "clock", value: { at: "then" } });
  await database.close();
  return file;
};

const expectAllThere = async ({ records, settings }: LocalDatabase): Promise<void> => {
  const found = await records.find().exec();
  const byId = new Map(found.map((document) => [document.id, document.toMutableJSON()]));
  expect(byId.size).toBe(COUNT);
  for (let n = 0; n < COUNT; n++) {
    expect(byId.get(idOf(n))).toEqual({ ...recordOf(n), shape: `new ${idOf(n)}` });
  }
  expect((await settings.findOne("clock").exec(true)).value).toEqual({ at: "then" });
};

test("[S12] records of an earlier shape become ones of this, with what waits, after a copy was made", async () => {
  const file = await filled("earlier");
  const backup = `${file}.before-v1.bak`;
  const migrated = await open(file, later());
  expect(existsSync(backup)).toBe(true);
  await expectAllThere(migrated);
  await migrated.close();
  const copy = await open(backup);
  expect(await copy.records.count().exec()).toBe(COUNT);
  await copy.close();
  const again = await open(file, later());
  expect(existsSync(backup)).toBe(false);
  await expectAllThere(again);
  await again.close();
});

test("[S12] [S2] a migration that is cut short is refused, loses nothing, and goes on the next time", async () => {
  const file = await filled("cut-short");
  for (const survives of [0, 1, 700, 1_199]) {
    let count = 0;
    const breaking = later((before) => {
      if (count++ >= survives) throw new Error("cut short");
      return { ...before, shape: `new ${String(before.id)}` };
    });
    expect(await openLocalDatabase(file, key, breaking)).toMatchObject({
      ok: false,
      error: { code: "storage-other-version" },
    });
  }
  const copy = await open(`${file}.before-v1.bak`);
  expect(await copy.records.count().exec()).toBe(COUNT);
  await copy.close();
  const migrated = await open(file, later());
  await expectAllThere(migrated);
  await migrated.close();
});

test("[S12] a file of a newer version is refused, and left as it is", async () => {
  const file = await filled("newer");
  await (await open(file, later())).close();
  expect(await openLocalDatabase(file, key)).toMatchObject({
    error: { code: "storage-other-version", params: { file } },
  });
  const again = await open(file, later());
  await expectAllThere(again);
  await again.close();
});

test("[S9] what is purged is in no copy of the file either", async () => {
  const file = await filled("purged");
  const migrated = await open(file, later());
  expect(existsSync(`${file}.before-v1.bak`)).toBe(true);
  expect(await migrated.purge([idOf(1)])).toBe(1);
  expect(existsSync(`${file}.before-v1.bak`)).toBe(false);
  await migrated.close();
});
