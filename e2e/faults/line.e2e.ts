import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { chance } from "../harness/chance.ts";
import { type Ending, Tunnel } from "../harness/tunnel.ts";
import { workOf } from "../harness/work.ts";
import type { Device } from "./device.ts";
import { MARK, readLedger } from "./ledger.ts";
import { Stand } from "./stand.ts";

const SEED = Number(process.env.SEED ?? Date.now() % 100_000);
const CHANGES = 40;
/** How often the line has to have broken, for the test to have tested anything. */
const ENOUGH = 5;
/** Silences of 45 s are found out in 3 s, and everything else that is slow on purpose is as fast. */
const time = { haste: 15 };

let stand: Stand;
let tunnel: Tunnel;
beforeAll(async () => {
  stand = await Stand.set({ time });
});
beforeEach(async () => {
  tunnel = await Tunnel.to(stand.url);
});
afterEach(async () => {
  await stand.removeDevices();
  await tunnel.close();
});
afterAll(() => stand?.remove());

/** The texts that are noted on a ticket, as this device shows them. */
const notesOn = (device: Device, id: string, of = ""): Promise<string[]> =>
  device.with(async (core) => {
    for await (const view of await core.records.watch({ kind: "ticket", id })) {
      const notes = (view?.data.notes ?? []) as { text: string }[];
      return notes.map(({ text }) => text).filter((text) => text.startsWith(`${MARK}${of}`));
    }
    return [];
  });

const ticketOf = (device: Device): Promise<string> =>
  device.with(async (core) => (await workOf(core, { kinds: ["ticket"] }))[0]?.id ?? "");

const phase = (device: Device): Promise<string> =>
  device.with(async (core) => {
    for await (const status of await core.sync.watch()) return status.phase;
    return "";
  });

/** Noted, however bad the line is: whether it is up is nothing to who works. */
const must = async (device: Device, ticket: string, text: string): Promise<string> => {
  expect(await device.note(ticket, text)).toBeNull();
  return text;
};

test(`[S3] [S7] over a line that cuts, delays, truncates and falls silent, both ways, everything arrives once (seed ${SEED})`, async () => {
  const next = chance(SEED);
  const ending = (): { ending: Ending } | null => {
    const how = (["cut", "truncate", "cut", "truncate", "stall"] as const)[next(8)];
    // As often among the first hundred bytes as among the last million.
    return how === undefined ? null : { ending: { how, bytes: next(2 ** (4 + next(18))) } };
  };
  tunnel.fate = () => {
    const [up, down] = [ending(), ending()];
    return {
      delay: next(3) === 0 ? next(30) : 0,
      ...(up && { up: up.ending }),
      ...(down && { down: down.ending }),
    };
  };
  const near = await stand.device("nok@nera.example", { through: tunnel.url });
  const far = await stand.device("somchai@nera.example");
  // Work that both see: the technician's own visit is on the ticket's device.
  const ticket = await ticketOf(far);
  const texts: string[] = [];
  const struck = () => tunnel.ended.cut + tunnel.ended.truncate + tunnel.ended.stall;
  // As long as it takes for the line to have been bad: a fast machine needs few connections.
  for (let n = 0; n < CHANGES || struck() <= ENOUGH; n += 1) {
    const who = next(2) === 0 ? near : far;
    texts.push(await must(who, ticket, `${MARK}bad line ${n}`));
    if (n >= CHANGES || next(10) === 0) tunnel.cutAll();
  }
  await Promise.all([near.upToDate(), far.upToDate()]);
  for (const device of [near, far]) {
    await expect
      .poll(() => notesOn(device, ticket, "bad line").then((t) => t.sort()))
      .toEqual(texts.sort());
  }
  const { wrong, verdicts } = await readLedger(stand);
  expect(wrong).toEqual([]);
  expect([...verdicts.values()]).not.toContain("refused");
});

test("[S7] a live stream that is half-open is found out, and what was missed arrives", async () => {
  const near = await stand.device("nok@nera.example", { through: tunnel.url });
  const far = await stand.device("somchai@nera.example");
  const ticket = await ticketOf(far);
  tunnel.freeze();
  const text = await must(far, ticket, `${MARK}unheard`);
  await far.upToDate();
  await expect.poll(() => notesOn(near, ticket, "unheard")).toEqual([text]);
  await expect.poll(() => phase(near)).toBe("up-to-date");
});

test("[S3] a push into a half-open connection is given up, said again, and happens once", async () => {
  const near = await stand.device("nok@nera.example", { through: tunnel.url });
  const ticket = await ticketOf(near);
  tunnel.freeze();
  const text = await must(near, ticket, `${MARK}unsaid`);
  await near.upToDate();
  expect(await notesOn(near, ticket, "unsaid")).toEqual([text]);
  expect((await readLedger(stand)).wrong).toEqual([]);
});

test("[S2] a server that accepts and says nothing keeps nobody from work; all is sent when it speaks", async () => {
  const near = await stand.device("nok@nera.example", { through: tunnel.url });
  const ticket = await ticketOf(near);
  await near.core.kill();
  tunnel.fate = () => ({ down: { bytes: 0, how: "stall" }, up: { bytes: 0, how: "stall" } });
  await near.start();
  const texts = [
    await must(near, ticket, `${MARK}mute 1`),
    await must(near, ticket, `${MARK}mute 2`),
  ];
  await expect.poll(() => phase(near)).toBe("offline");
  tunnel.fate = () => ({});
  tunnel.cutAll();
  await near.upToDate();
  expect(await notesOn(near, ticket, "mute")).toEqual(texts);
  expect((await readLedger(stand)).wrong).toEqual([]);
});
