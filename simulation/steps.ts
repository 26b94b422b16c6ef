import { type Do, SECOND } from "./doing/do.ts";
import { crash, offline, online, setClock, storm, toggle } from "./doing/faults.ts";
import { backUp, change, killServer, restore, startServer } from "./doing/server.ts";
import { apart, pass, rest, sleep } from "./doing/time.ts";
import { act, forge, nudge, tidy } from "./doing/work.ts";
import { Dice } from "./engine/dice.ts";
import type { Sim } from "./world/sim.ts";

/** One thing that happens: which, and the number all its choices follow from. */
export interface Step {
  kind: StepKind;
  n: number;
}

const doing = {
  act,
  forge,
  change,
  offline,
  online,
  storm,
  crash,
  toggle,
  killServer,
  startServer,
  pass,
  sleep,
  setClock,
  nudge,
  tidy,
  rest,
  apart,
  backUp,
  restore,
} satisfies Record<string, Do>;

/** What can happen. */
type StepKind = keyof typeof doing;

const weights: readonly (readonly [StepKind, number])[] = [
  ["act", 30],
  ["forge", 2],
  ["change", 22],
  ["offline", 6],
  ["online", 5],
  ["storm", 6],
  ["crash", 5],
  ["toggle", 3],
  ["killServer", 3],
  ["startServer", 3],
  ["pass", 14],
  ["sleep", 2],
  ["setClock", 2],
  ["nudge", 3],
  ["tidy", 5],
  ["rest", 3],
  ["apart", 2],
  ["backUp", 2],
  ["restore", 1],
];

/** The steps of a schedule. */
export const stepsOf = (seed: number): Step[] => {
  const dice = new Dice(seed, 0x57e9);
  return Array.from({ length: dice.between(8, 40) }, () => ({
    kind: dice.weighted(weights),
    n: dice.next(),
  }));
};

/** Does one step; what it was is in the trace. */
export const doStep = async (sim: Sim, step: Step, index: number): Promise<void> => {
  const dice = new Dice(step.n, 0xd0);
  const said = await doing[step.kind](sim, dice);
  sim.note(`#${index} ${step.kind}: ${said ?? "nothing to do"}`);
  for (const device of sim.devices) await sim.time.drive(device.wipe());
  await sim.time.pass(dice.pick([0, 5, 60, 500, 3 * SECOND]) ?? 0);
};
