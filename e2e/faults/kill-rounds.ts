import { setTimeout as after } from "node:timers/promises";
import { chance } from "../harness/chance.ts";
import { type OpenCore, openCore } from "../harness/core-client.ts";
import { workOf } from "../harness/work.ts";
import type { Device } from "./device.ts";
import { readDevice } from "./device-file.ts";
import { MARK, readLedger } from "./ledger.ts";
import type { Stand } from "./stand.ts";

/** How many rounds, by which chance, and who hears of each. */
export interface KillOptions {
  rounds: number;
  seed: number;
  say?: (line: string) => void;
}

/** What came of it: nothing is wrong where `wrong` is empty. */
export interface KillReport {
  seed: number;
  rounds: number;
  kills: { core: number; server: number; starting: number };
  /** How many changes the core confirmed to their maker. */
  confirmed: number;
  applied: number;
  refused: number;
  /** Changes that were on the disk when their maker was killed before hearing of it. */
  unheard: number;
  seconds: number;
  wrong: string[];
}

const LONGEST_MS = 400;
/** More than these and the same records grow long; fewer and no two changes meet on one record. */
const TICKETS = 40;

/**
 * Kills the core and the server with SIGKILL, one or both, at points drawn by chance while changes
 * are being made, also while they start. After each kill the files are read as they lie, and at the
 * end everything that was confirmed must have reached the server's books once (S2, S3).
 */
export const killRounds = async (
  stand: Stand,
  device: Device,
  options: KillOptions,
): Promise<KillReport> => {
  const next = chance(options.seed);
  const began = performance.now();
  const kills = { core: 0, server: 0, starting: 0 };
  const confirmed = new Set<string>();
  const wrong: string[] = [];
  const tickets = await device.with((core) => workOf(core, { kinds: ["ticket"] }));
  const targets = tickets.slice(0, TICKETS);
  let made = 0;

  /** Makes changes until told to stop or the core no longer answers. */
  const work = async ({ core }: OpenCore, stopped: () => boolean): Promise<void> => {
    while (!stopped()) {
      made += 1;
      const target = targets[next(targets.length)];
      const text = `${MARK}${options.seed} ${made}`;
      const wanted =
        next(8) === 0
          ? {
              type: "ticket.raise",
              targetId: null,
              payload: {
                ...{ deviceId: target?.deviceId ?? "", title: text, detail: "" },
                ...{ priority: 3, alarmId: null },
              },
            }
          : { type: "ticket.note", targetId: target?.id ?? "", payload: { text } };
      const answer = await Promise.race([
        core.intents.make(wanted).catch(() => null),
        device.core.gone.then(() => null),
      ]);
      if (answer === null) return;
      if (answer.ok) confirmed.add(answer.value.intentId);
      else wrong.push(`a change was refused: ${answer.error.code}`);
    }
  };

  const check = async (round: number): Promise<void> => {
    const found: string[] = [];
    const disk = device.core.alive ? null : readDevice(device.dataFolder);
    const books = await readLedger(stand);
    found.push(...books.wrong, ...(disk?.damage ?? []));
    if (disk !== null) {
      const lost = [...confirmed].filter((id) => !disk.waiting.has(id) && !books.verdicts.has(id));
      found.push(...lost.map((id) => `confirmed and neither waiting nor heard: ${id}`));
    }
    wrong.push(...found.map((line) => `round ${round}: ${line}`));
  };

  for (let round = 0; round < options.rounds && wrong.length === 0; round += 1) {
    // 0 the core, 1 the server, 2 both.
    const who = next(3);
    const open = await openCore(device);
    let stop = false;
    const lanes = Array.from({ length: 1 + next(3) }, () => work(open, () => stop));
    await after(next(LONGEST_MS));
    const victims = [...(who === 1 ? [] : [device.core]), ...(who === 0 ? [] : [stand.server])];
    await Promise.all(victims.map((victim) => victim.kill()));
    if (who !== 1) kills.core += 1;
    if (who !== 0) kills.server += 1;
    // What outlives the other goes on with its work for a moment.
    await after(next(60));
    stop = true;
    await Promise.all(lanes);
    open.close();
    await check(round);
    if (next(4) === 0) {
      // Killed again while it starts: what it was mending is mended again.
      for (const victim of victims) victim.begin();
      await after(next(600));
      await Promise.all(victims.map((victim) => victim.kill()));
      kills.starting += victims.length;
      await check(round);
    }
    if (who !== 0) await stand.server.start();
    if (who !== 1) await device.start();
    options.say?.(`round ${round + 1}: ${confirmed.size} confirmed, ${wrong.length} wrong`);
  }
  if (wrong.length === 0) {
    await device.upToDate();
    await check(options.rounds);
    await device.core.stop();
    const left = readDevice(device.dataFolder);
    wrong.push(...left.damage, ...[...left.waiting].map((id) => `still waits: ${id}`));
  }
  const { verdicts } = await readLedger(stand);
  if (wrong.length === 0) {
    const lost = [...confirmed].filter((id) => !verdicts.has(id));
    wrong.push(...lost.map((id) => `confirmed and never heard: ${id}`));
  }
  const applied = [...verdicts.values()].filter((verdict) => verdict === "applied").length;
  return {
    ...{ seed: options.seed, rounds: options.rounds, kills, confirmed: confirmed.size },
    ...{ applied, refused: verdicts.size - applied, unheard: verdicts.size - confirmed.size },
    seconds: Math.round((performance.now() - began) / 1000),
    wrong: wrong.slice(0, 20),
  };
};
