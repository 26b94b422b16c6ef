import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { breaks } from "./breaks/breaks.ts";
import { VirtualTime } from "./engine/time.ts";
import { runMany } from "./many.ts";
import { type Outcome, runSchedule } from "./schedule.ts";
import { shrink } from "./shrink.ts";
import { stepsOf } from "./steps.ts";
import type { Place } from "./world/sim.ts";
import { makeTemplate } from "./world/template.ts";
import { START } from "./world/world.ts";

const SHRINK_TRIES = 250;

/** What can be asked for on the command line. */
export interface Options {
  seeds?: string;
  from: string;
  seed?: string;
  steps?: string;
  break?: string;
  jobs: string;
  json?: boolean;
  verbose?: boolean;
  shrink?: boolean;
  worker?: boolean;
  stop?: boolean;
}

/** Reads the command line and does what it says. Answers the exit code. */
export const main = async (args: string[]): Promise<number> => {
  const options = new Command("simulate")
    .description("Random schedules of work, faults and revocations over the real core and server")
    .option("--seeds <n>", "how many schedules to run")
    .option("--from <seed>", "the first of them", "1")
    .option("--jobs <n>", "processes at once", "1")
    .option("--seed <seed>", "run this schedule alone, and tell what happens")
    .option("--steps <list>", "of that schedule, only these steps")
    .option("--shrink", "find the fewest steps of that schedule that still violate the rule")
    .option("--break <rule>", `break a rule on purpose: ${Object.keys(breaks).join(", ")}`)
    .option("--stop", "stop at the first violation")
    .option("--json", "print one line of JSON at the end")
    .option("--worker", "print each outcome as a line of JSON")
    .parse(["node", "simulate", ...args])
    .opts<Options>();
  const single = options.seed !== undefined;
  if (!single && !options.worker) return runMany(options);
  const root = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "simulation-"));
  try {
    const place = await placeIn(root, options);
    return options.worker ? await work(options, place) : await one(options, place);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

const placeIn = async (root: string, options: Options): Promise<Place> => {
  const broken = options.break === undefined ? null : (breaks[options.break] ?? null);
  if (options.break !== undefined && broken === null) throw new Error(`no break ${options.break}`);
  broken?.core?.();
  const time = new VirtualTime(START);
  const template = join(root, "template.db");
  await makeTemplate(template, time);
  // Told unless it only looks for the fewest steps.
  const tell = options.worker || options.shrink ? null : (line: string) => console.log(line);
  return { time, template, folder: join(root, "world"), tell, broken };
};

const work = async (options: Options, place: Place): Promise<number> => {
  const from = Number(options.from);
  for (let seed = from; seed < from + Number(options.seeds); seed += 1) {
    console.log(JSON.stringify(await runSchedule(seed, stepsOf(seed), place)));
  }
  return 0;
};

const one = async (options: Options, place: Place): Promise<number> => {
  const seed = Number(options.seed);
  const all = stepsOf(seed);
  if (options.shrink) {
    const { kept, outcome } = await shrink(seed, all, place, SHRINK_TRIES);
    tellViolations(outcome);
    const replay = ["--seed", seed, "--steps", kept.join(","), ...breaking(options)];
    console.log(`npm run simulate -- ${replay.join(" ")}`);
    return outcome.violations.length > 0 ? 1 : 0;
  }
  const indexes = options.steps?.split(",").filter(Boolean).map(Number);
  const steps = indexes?.flatMap((index) => all[index] ?? []) ?? all;
  const outcome = await runSchedule(seed, steps, place);
  tellViolations(outcome);
  console.log(
    `seed ${seed}: ${outcome.steps} steps, ${outcome.intents} intents, ${outcome.violations.length} violations, trace ${outcome.fingerprint}`,
  );
  return outcome.violations.length > 0 ? 1 : 0;
};

const tellViolations = ({ violations }: Outcome): void => {
  for (const { rule, what } of violations) console.log(`VIOLATED ${rule}: ${what}`);
};

/** How a command line says that a rule is broken. */
export const breaking = (options: Options): string[] =>
  options.break === undefined ? [] : ["--break", options.break];
