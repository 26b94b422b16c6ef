import { setTimeout as after } from "node:timers/promises";
import { expect, test } from "vitest";
import { brokenAt } from "#server/audit/log.ts";
import { wholeAudit } from "./harness/audit.ts";
import { chance } from "./harness/chance.ts";
import type { Client } from "./harness/client.ts";
import { firstOf, openCore } from "./harness/core-client.ts";
import { signInCore } from "./harness/sign-in.ts";
import { setStage } from "./harness/stage.ts";
import { workOf } from "./harness/work.ts";

const ROUNDS = 6;
const CHANGES = 20;
const SEED = Number(process.env.SEED ?? 20_26);

const stage = setStage();

/**
 * Makes changes one after the other until the core no longer answers, and kills the victims in the
 * midst of it: a little after change number `at`. Ids of the changes that were answered.
 */
const workUntilKilled = async (
  client: Client,
  tickets: string[],
  { at, late, victims }: { at: number; late: number; victims: { kill(): Promise<void> }[] },
): Promise<string[]> => {
  const { core, close } = await openCore(client);
  const gone = client.service.gone.then(() => null);
  const confirmed: string[] = [];
  let killed: Promise<unknown> | null = null;
  for (let n = 0; n < CHANGES; n += 1) {
    if (n === at) killed = after(late).then(() => Promise.all(victims.map((v) => v.kill())));
    const wanted = {
      type: "ticket.note",
      targetId: tickets[n % tickets.length] ?? null,
      payload: { text: `change ${n}` },
    };
    // A core that dies answers with the end of its socket, or not at all.
    const made = await Promise.race([core.intents.make(wanted).catch(() => null), gone]);
    if (made === null) break;
    if (!made.ok) throw new Error(made.error.code);
    confirmed.push(made.value.intentId);
  }
  await killed;
  close();
  return confirmed;
};

test(`[S2] [S3] what was confirmed is in the log exactly once, whoever is killed when (seed ${SEED})`, async () => {
  const { world, browser } = stage;
  const client = await world.client();
  const page = await browser.newPage();
  await page.goto(client.url);
  const open = await openCore(client);
  await signInCore(open, page, "nok@nera.example", world.password);
  await page.getByTestId("sync-status").filter({ hasText: "Up to date" }).waitFor();
  const tickets = (await workOf(open.core, { kinds: ["ticket"] })).slice(0, 5).map(({ id }) => id);
  open.close();
  await page.close();

  const next = chance(SEED);
  const confirmed: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const all = [client.service, world.server];
    const victims = all.filter((_, i) => round % 3 !== i);
    const moment = { at: next(CHANGES - 1), late: next(15), victims };
    confirmed.push(...(await workUntilKilled(client, tickets, moment)));
    await Promise.all(victims.map((victim) => victim.start()));
  }
  const last = await openCore(client);
  await last.core.sync.now();
  await firstOf(
    (signal) => last.core.sync.watch(undefined, { signal }),
    (s) => s.phase === "up-to-date" && s.waiting === 0,
  );
  last.close();

  const logs = [...(await wholeAudit(world)).values()];
  for (const lines of logs) expect(brokenAt(lines)).toBeNull();
  const entries = logs.flat().map(({ entry }) => entry);
  const ids = entries.map((entry) => entry.intent.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(confirmed.filter((id) => !ids.includes(id))).toEqual([]);
  // Killed between the disk and the answer: one for each round at most, and whole.
  expect(ids.length - confirmed.length).toBeLessThanOrEqual(ROUNDS);
  expect(entries.filter(({ outcome }) => !outcome.applied)).toEqual([]);
  for (const lines of logs) {
    const order = lines.map(({ entry }) => entry.intent.id);
    expect(order).toEqual(order.toSorted());
  }
});
