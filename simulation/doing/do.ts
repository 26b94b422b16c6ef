import type { Dice } from "../engine/dice.ts";
import type { SimDevice } from "../world/device.ts";
import type { Sim } from "../world/sim.ts";

/** How a step is done; it says what it was, or null where there was nothing to do. */
export type Do = (sim: Sim, dice: Dice) => Promise<string | null>;

/** Lengths of time, ms. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** The devices that are switched on. */
export const on = (sim: Sim): SimDevice[] =>
  sim.devices.filter((device) => device.account !== null);
