import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { chance } from "../harness/chance.ts";
import { stored } from "../harness/outside.ts";
import { workOf } from "../harness/work.ts";
import type { Device } from "./device.ts";
import { MARK, readLedger } from "./ledger.ts";
import { Stand } from "./stand.ts";

const SEED = Number(process.env.SEED ?? Date.now() % 100_000);
const HOUR = 3_600_000;
const YEAR = 8766 * HOUR;
/** Jumps of a device's clock, by an hour or by years, there and back. */
const JUMPS = [2 * HOUR, -3 * HOUR, YEAR, -YEAR, 0, 20 * YEAR, -30 * YEAR, 0];

let stand: Stand;
beforeAll(async () => {
  stand = await Stand.set({ time: {} });
});
afterEach(() => stand.removeDevices());
afterAll(() => stand?.remove());

const ticketOf = (device: Device, n: number): Promise<string> =>
  device.with(async (core) => (await workOf(core, { kinds: ["ticket"] }))[n]?.id ?? "");

/** How many records of work this device shows. */
const held = (device: Device): Promise<number> =>
  device.with(async (core) => (await workOf(core, {})).length);

const noted = async (id: string): Promise<{ text: string; at: string }[]> => {
  const tickets = await stored(stand, "ticket");
  const notes = tickets.find((ticket) => ticket.id === id)?.notes ?? [];
  return notes.filter(({ text }) => text.startsWith(MARK));
};

test(`[S1] [S3] a device whose clock jumps while it works loses nothing, and its work keeps its order (seed ${SEED})`, async () => {
  const next = chance(SEED);
  const device = await stand.device();
  const before = await held(device);
  const ticket = await ticketOf(device, 0);
  const texts: string[] = [];
  for (const [n, jump] of JUMPS.entries()) {
    await device.core.setClock(jump + next(HOUR));
    for (let i = 0; i <= next(3); i += 1) {
      const text = `${MARK}clock ${n}.${i}`;
      // By a clock far ahead every lease is over (S11): then nothing is confirmed.
      const refused = await device.note(ticket, text);
      if (refused === null) texts.push(text);
      else expect(refused).toBe("target-unknown");
    }
    // Sometimes it is heard at once, sometimes with what follows.
    if (next(2) === 0) await device.upToDate();
  }
  await device.upToDate();
  const notes = await noted(ticket);
  expect(notes.map(({ text }) => text)).toEqual(texts);
  const now = new Date().toISOString();
  expect(notes.filter(({ at }) => at > now)).toEqual([]);
  expect((await readLedger(stand)).wrong).toEqual([]);
  // What a clock far ahead had sealed (S11) is back once the server has said what time it is.
  await expect.poll(() => held(device)).toBe(before);
});

test.each([
  ["put back", HOUR, 0],
  ["put back by decades", 0, -30 * YEAR],
  ["put forward", -YEAR, 0],
])(
  "[S2] [S3] the clock is %s between two lives of a core without a network: its work arrives in order",
  async (how, first, second) => {
    const device = await stand.device();
    const ticket = await ticketOf(device, 1);
    const other = await ticketOf(device, 2);
    await stand.server.kill();
    const texts = ["1", "2"].map((n) => `${MARK}${how} ${n}`);
    await device.core.setClock(first);
    expect(await device.note(ticket, texts[0] ?? "")).toBeNull();
    expect(await device.note(other, `${MARK}${how} aside`)).toBeNull();
    await device.core.kill();
    await device.core.setClock(second);
    await device.start();
    expect(await device.note(ticket, texts[1] ?? "")).toBeNull();
    await stand.server.start();
    await device.upToDate();
    const notes = await noted(ticket);
    expect(notes.map(({ text }) => text).filter((text) => texts.includes(text))).toEqual(texts);
    expect((await readLedger(stand)).wrong).toEqual([]);
  },
);

test("[S11] [S3] a clock put far ahead without a network may seal what is held, yet what was done arrives, and all comes back", async () => {
  const device = await stand.device();
  const before = await held(device);
  const ticket = await ticketOf(device, 3);
  await stand.server.kill();
  expect(await device.note(ticket, `${MARK}ahead 1`)).toBeNull();
  await device.core.kill();
  await device.core.setClock(20 * YEAR);
  await device.start();
  expect([null, "target-unknown"]).toContain(await device.note(ticket, `${MARK}ahead 2`));
  await stand.server.start();
  await device.upToDate();
  const texts = (await noted(ticket)).map(({ text }) => text);
  expect(texts).toContain(`${MARK}ahead 1`);
  expect((await readLedger(stand)).wrong).toEqual([]);
  await expect.poll(() => held(device)).toBe(before);
});
