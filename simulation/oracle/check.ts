import type { Sim } from "../world/sim.ts";
import { checkBytes } from "./check-bytes.ts";
import { checkCopies } from "./check-copies.ts";
import { checkIntents } from "./check-intents.ts";

/** Everything that must hold at a quiet point. */
export const checkAll = async (sim: Sim): Promise<void> => {
  sim.journal.learn(sim.model.stored);
  await checkCopies(sim);
  await checkIntents(sim);
  await checkBytes(sim);
};
