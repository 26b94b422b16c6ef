import { checkBytes } from "../oracle/check-bytes.ts";
import { quiet } from "../world/quiet.ts";
import { type Do, HOUR, MINUTE, on, SECOND } from "./do.ts";

/** A while goes by. */
export const pass: Do = async (sim, dice) => {
  const ms = dice.pick([SECOND, 5 * SECOND, 20 * SECOND, 50 * SECOND, 3 * MINUTE]) ?? SECOND;
  await sim.time.pass(dice.int(ms));
  return "time passes";
};

/** Night: every machine sleeps, and wakes up. The server has swept meanwhile. */
export const sleep: Do = async (sim, dice) => {
  const hours = dice.pick([0.5, 3, 12, 40]) ?? 1;
  sim.time.sleep(dice.int(hours * HOUR));
  await sim.server.sweep();
  return `everybody sleeps up to ${hours} hours`;
};

/** Everything comes to rest, and must be as it should. */
export const rest: Do = async (sim) => {
  await quiet(sim);
  return "all is quiet";
};

/**
 * From a quiet point on nobody reaches the server, and time goes by: what its coverage no longer
 * holds has to go by itself, though somebody sets their clock back (S11).
 */
export const apart: Do = async (sim, dice) => {
  await quiet(sim);
  for (const device of sim.devices) {
    device.line.up = false;
    device.line.break();
  }
  await sim.time.pass(SECOND);
  const hours = dice.pick([0.05, 3, 12, 40]) ?? 1;
  const back = dice.chance(0.3) ? dice.pick(on(sim)) : undefined;
  back?.machine.set(-400 * HOUR);
  sim.time.sleep(dice.int(hours * HOUR));
  await sim.server.sweep();
  await sim.time.pass(2 * MINUTE);
  await checkBytes(sim, MINUTE);
  for (const device of sim.devices) device.line.up = true;
  return `apart for up to ${hours} hours${back === undefined ? "" : `, ${back.name} set back`}`;
};
