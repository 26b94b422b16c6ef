import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { id, intent } from "#shared/testing/builders.ts";
import { openLocalDatabase } from "../database.ts";
import { testFolder } from "../storage/storage-fixture.ts";
import { Journal } from "./journal.ts";

const DAY = 24 * 3_600_000;
const START = Date.parse("2026-06-01T00:00:00.000Z");
const on = (day: number) => new Date(START + day * DAY).toISOString();

const note = (ticket: string) => intent("Nok", "ticket.note", id(ticket), { text: "x" });

const open = async () => {
  const database = await openLocalDatabase(join(testFolder(), "local.db"), "ab".repeat(32));
  if (!database.ok) throw new Error(database.error.code);
  onTestFinished(() => database.value.close());
  return new Journal(database.value.sent);
};

test("[S12] what was applied is told in the order it was made, and which was applied last", async () => {
  const journal = await open();
  expect(await journal.last()).toBeNull();
  const [first, second] = [note("a"), note("b")];
  await journal.keep([second], on(1));
  await journal.keep([first], on(2));
  expect(await journal.all()).toEqual([first, second]);
  expect(await journal.last()).toBe(first.id);
});

test("[S12] what is older than a backup may be is forgotten", async () => {
  const journal = await open();
  const [old, young] = [note("a"), note("b")];
  await journal.keep([old], on(0));
  await journal.keep([young], on(10));
  await journal.prune(START + 15 * DAY);
  expect(await journal.all()).toEqual([young]);
});

test("[S9] what was done to a record that is erased is forgotten", async () => {
  const journal = await open();
  const [gone, stays] = [note("a"), note("b")];
  await journal.keep([gone, stays], on(1));
  await journal.forget(new Set([id("a")]));
  expect(await journal.all()).toEqual([stays]);
});
