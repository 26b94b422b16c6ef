import { type Outcome, runSchedule } from "./schedule.ts";
import type { Step } from "./steps.ts";
import type { Place } from "./world/sim.ts";

/**
 * The fewest steps that still break the same rule, found by leaving out ever smaller parts. Each
 * step follows from its own number, so that it means the same whatever happens before it.
 */
export const shrink = async (
  seed: number,
  steps: Step[],
  place: Place,
  tries: number,
): Promise<{ kept: number[]; outcome: Outcome }> => {
  let kept = steps.map((_step, index) => index);
  const run = (indexes: number[]) =>
    runSchedule(
      seed,
      indexes.flatMap((index) => steps[index] ?? []),
      place,
    );
  let outcome = await run(kept);
  const rule = outcome.violations[0]?.rule;
  let left = tries;
  for (let size = Math.ceil(kept.length / 2); size >= 1 && left > 0; ) {
    let found = false;
    for (let at = 0; at < kept.length && left > 0; left -= 1) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      const again = await run(fewer);
      if (again.violations.some((violation) => violation.rule === rule)) {
        kept = fewer;
        outcome = again;
        found = true;
      } else at += size;
    }
    if (!found || size > kept.length) size = Math.floor(Math.min(size, kept.length) / 2);
  }
  return { kept, outcome };
};
