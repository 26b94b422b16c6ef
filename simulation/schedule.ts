import { doStep, type Step } from "./steps.ts";
import { quiet } from "./world/quiet.ts";
import { type Counts, type Place, Sim, type Violation } from "./world/sim.ts";

/** How one schedule went. */
export interface Outcome extends Counts {
  seed: number;
  steps: number;
  intents: number;
  violations: Violation[];
  fingerprint: string;
}

/** Devices that could not reach the server by then are taken as they are. */
const START_MS = 2000;

/** Runs the steps in a world of their own, to the quiet point at their end, or to the first violation. */
export const runSchedule = async (seed: number, steps: Step[], place: Place): Promise<Outcome> => {
  const sim = await Sim.begin(seed, place);
  let done = 0;
  try {
    for (const device of sim.devices) await place.time.drive(device.open());
    await place.time.pass(START_MS);
    for (const [index, step] of steps.entries()) {
      await doStep(sim, step, index);
      done += 1;
      if (sim.violations.length > 0) break;
    }
    if (sim.violations.length === 0) await quiet(sim);
  } catch (error) {
    sim.violated("crash", error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const fingerprint = sim.fingerprint();
  await sim.end();
  return {
    ...sim.counts,
    seed,
    steps: done,
    intents: sim.journal.made.size,
    violations: sim.violations,
    fingerprint,
  };
};
