import { randomBytes } from "node:crypto";
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Intent } from "#shared/domain/intent.ts";
import { eraseDatabase, type LocalDatabase, openLocalDatabase } from "./database.ts";
import { type LocalRecord, withChanges } from "./records/local-record.ts";

const folder = mkdtempSync(join(tmpdir(), "rescue-"));
const key = randomBytes(32).toString("hex");
const whole = join(folder, "whole.db");
const PAGE = 4096;
const COUNT = 600;

const idOf = (n: number) => `0198f000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const intentId = (n: number) => `0198f000-0000-7000-9000-${String(n).padStart(12, "0")}`;
const waits = (n: number) => n % 5 === 0;

const recordOf = (n: number): LocalRecord => {
  // Some are longer than a page.
  const data = { id: idOf(n), title: `record ${n}`, text: "words ".repeat((n * 53) % 1_500) };
  const intent = {
    id: intentId(n),
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
  } satisfies Intent;
  const head = { id: idOf(n), kind: "person", rev: n, until: "" } as const;
  return withChanges(head, data, waits(n) ? [intent] : [], data);
};
const numbers = Array.from({ length: COUNT }, (_, n) => n);

const open = async (file: string): Promise<LocalDatabase> => {
  const opened = await openLocalDatabase(file, key);
  if (!opened.ok) throw new Error(opened.error.code);
  left.push(opened.value);
  return opened.value;
};

/** RxDB allows so many open collections: a test that fails leaves none. */
const left: LocalDatabase[] = [];
afterEach(async () => {
  for (const database of left.splice(0)) await database.close();
});

beforeAll(async () => {
  const database = await open(whole);
  await database.records.bulkInsert(numbers.map(recordOf));
  await database.settings.insert({ key: "standing", value: { lens: "one" } });
  await database.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Numbers that look random and are the same each time. */
const chance = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

const damagedCopy = (name: string, pages: Iterable<number>): string => {
  const file = join(folder, `${name}.db`);
  cpSync(whole, file);
  const handle = openSync(file, "r+");
  // Not the salt in the first bytes: without it nothing tells damage from another key.
  for (const page of pages) writeSync(handle, Buffer.alloc(64, 0x5a), 0, 64, page * PAGE + 200);
  closeSync(handle);
  return file;
};

/** Opens as a device does over its next starts: damage deep in the file is found in the background. */
const openUntilSound = async (file: string): Promise<LocalDatabase> => {
  const first = await open(file);
  const report = await first.checked;
  if (first.rescued !== null || report?.unreadable === 0) return first;
  await first.close();
  return open(file);
};

const waitingIn = async (database: LocalDatabase): Promise<number[]> => {
  const dirty = await database.records.find({ selector: { dirty: "1" } }).exec();
  const found = dirty.map((document) => document.toMutableJSON());
  for (const record of found) expect(record).toEqual(recordOf(record.rev));
  return found.map((record) => record.rev).sort((a, b) => a - b);
};

const expected = numbers.filter(waits);

describe("[S5] a damaged file is set aside, and what waited in it is rescued", () => {
  test.each([0, 1, 2, 3])("where page %i is damaged, every intent is", async (page) => {
    const file = damagedCopy(`head-${page}`, [page]);
    const database = await openUntilSound(file);
    expect(database.rescued).toMatchObject({ intents: expected.length, lost: true });
    expect(existsSync(database.rescued?.file ?? "")).toBe(true);
    expect(await waitingIn(database)).toEqual(expected);
    expect((await database.settings.findOne("standing").exec(true)).value).toEqual({ lens: "one" });
    expect(await database.checked).toMatchObject({ unreadable: 0 });
    await database.close();
    const again = await open(file);
    expect(again.rescued).toBeNull();
    expect(await waitingIn(again)).toEqual(expected);
    await again.close();
    eraseDatabase(file);
    expect(existsSync(database.rescued?.file ?? "")).toBe(false);
  });

  test.each(numbers.slice(0, 30))("damage at random, case %i", async (seed) => {
    const random = chance(seed + 1);
    const pages = statSync(whole).size / PAGE;
    const hit = new Set(
      Array.from({ length: 1 + (seed % 15) }, () => Math.floor(random() * pages)),
    );
    const file = damagedCopy(`random-${seed}`, hit);
    const database = await openUntilSound(file);
    const { rescued } = database;
    expect(rescued).toMatchObject({ lost: true });
    const found = await waitingIn(database);
    expect(rescued?.intents).toBe(found.length);
    // A page holds few records: what is missing is no more than what was on the pages hit.
    const missing = expected.filter((n) => !found.includes(n));
    expect(missing.length).toBeLessThanOrEqual(hit.size * 4);
    await database.close();
    eraseDatabase(file);
  });
});

test("[S5] a log that was not yet in the file is read with it", async () => {
  const file = join(folder, "logged.db");
  cpSync(whole, file);
  const database = await open(file);
  await database.records.insert({ ...recordOf(1_005), rev: 1_005 });
  const copy = join(folder, "logged-copy.db");
  cpSync(file, copy);
  cpSync(`${file}-wal`, `${copy}-wal`);
  await database.close();
  const handle = openSync(copy, "r+");
  writeSync(handle, Buffer.alloc(64, 0x5a), 0, 64, 2 * PAGE + 200);
  closeSync(handle);
  const rescued = await openUntilSound(copy);
  expect(await waitingIn(rescued)).toEqual([...expected, 1_005]);
  await rescued.close();
});

test("[S5] a rescue that was cut short between two files is finished at the next start", async () => {
  const file = join(folder, "between.db");
  cpSync(whole, `${file}.new`);
  const database = await open(file);
  expect(await waitingIn(database)).toEqual(expected);
  expect(existsSync(`${file}.new`)).toBe(false);
  await database.close();
});

test("a whole file is found whole, and not looked at again within the week", async () => {
  const file = damagedCopy("sound", []);
  const database = await open(file);
  expect(await database.checked).toEqual({ pages: statSync(whole).size / PAGE, unreadable: 0 });
  await database.close();
  const again = await open(file);
  expect(await again.checked).toBeNull();
  await again.close();
});
