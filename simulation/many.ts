import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { breaking, type Options } from "./cli.ts";
import type { Outcome } from "./schedule.ts";

/** Schedules that one process runs before another takes over: what a process gathers is let go of. */
const BATCH = 100;
/** No schedule takes so long, ms; one that does hangs. */
const LONGEST_MS = 180_000;
/** Of so many violated schedules the fewest steps are looked for. */
const SHRUNK = 3;

interface Totals {
  schedules: number;
  steps: number;
  faults: number;
  intents: number;
  violations: number;
}

const program = fileURLToPath(new URL("./run.ts", import.meta.url));

/** Runs schedules `from` to `from + count` in a process of their own; tells each outcome as it comes. */
const batch = (
  options: Options,
  from: number,
  count: number,
  heard: (outcome: Outcome) => void,
): Promise<void> =>
  new Promise((resolve) => {
    const asked = ["--worker", "--from", String(from), "--seeds", String(count)];
    const args = [...asked, ...breaking(options)];
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let errors = "";
    let next = from;
    let watch = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
    child.stderr.on("data", (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-2000);
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      clearTimeout(watch);
      watch = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
      const outcome = JSON.parse(line) as Outcome;
      next = outcome.seed + 1;
      heard(outcome);
    });
    child.on("close", () => {
      clearTimeout(watch);
      if (next >= from + count) return resolve();
      // It died, or hung, in the middle of one: that one is violated, and the others go on.
      const violations = [{ rule: "crash", what: errors || "it hangs" }];
      heard({
        seed: next,
        steps: 0,
        intents: 0,
        faults: 0,
        requests: 0,
        quiets: 0,
        violations,
        fingerprint: "",
      });
      const left = from + count - next - 1;
      void (left > 0 ? batch(options, next + 1, left, heard) : Promise.resolve()).then(resolve);
    });
  });

/** The shortest command that replays a violated schedule. */
const fewestSteps = (options: Options, seed: number): Promise<string> =>
  new Promise((resolve) => {
    const args = ["--seed", String(seed), "--shrink", ...breaking(options)];
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ["ignore", "pipe", "ignore"],
      timeout: LONGEST_MS,
    });
    let last = `npm run simulate -- --seed ${seed} ${breaking(options).join(" ")}`;
    createInterface({ input: child.stdout }).on("line", (line) => {
      last = line;
    });
    child.on("close", () => resolve(last));
  });

/** Runs many schedules in processes of their own, and tells what came of them. Answers the exit code. */
export const runMany = async (options: Options): Promise<number> => {
  const first = Number(options.from);
  const end = first + Number(options.seeds ?? 100);
  const totals: Totals = { schedules: 0, steps: 0, faults: 0, intents: 0, violations: 0 };
  const bad: Outcome[] = [];
  const heard = (outcome: Outcome) => {
    totals.schedules += 1;
    totals.steps += outcome.steps;
    totals.faults += outcome.faults;
    totals.intents += outcome.intents;
    totals.violations += outcome.violations.length;
    if (outcome.violations.length > 0) {
      bad.push(outcome);
      for (const { rule, what } of outcome.violations.slice(0, 2)) {
        console.error(`seed ${outcome.seed} VIOLATED ${rule}: ${what.slice(0, 400)}`);
      }
    }
    if (totals.schedules % 500 === 0) console.error(JSON.stringify(totals));
  };
  let next = first;
  const run = async () => {
    while (next < end && !(options.stop && bad.length > 0)) {
      const from = next;
      const count = Math.min(options.stop ? 10 : BATCH, end - from);
      next += count;
      await batch(options, from, count, heard);
    }
  };
  await Promise.all(Array.from({ length: Number(options.jobs) }, run));
  for (const { seed } of bad.slice(0, SHRUNK)) console.error(await fewestSteps(options, seed));
  console.log(
    options.json
      ? JSON.stringify(totals)
      : `${totals.schedules} schedules, ${totals.steps} steps, ${totals.faults} faults, ${totals.intents} intents, ${totals.violations} violations`,
  );
  return totals.violations > 0 ? 1 : 0;
};
