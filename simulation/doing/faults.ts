import { fair, weathers } from "../world/weather.ts";
import { type Do, HOUR, MINUTE, on, SECOND } from "./do.ts";

/** A device loses its network. */
export const offline: Do = async (sim, dice) => {
  const device = dice.pick(sim.devices);
  if (device === undefined) return null;
  device.line.up = false;
  device.line.break();
  sim.counts.faults += 1;
  return `${device.name} is offline`;
};

/** A device has its network again, and the weather is fair. */
export const online: Do = async (sim, dice) => {
  const device = dice.pick(sim.devices);
  if (device === undefined) return null;
  device.line.up = true;
  device.line.weather = fair;
  return `${device.name} is online`;
};

/** From now on a line is bad, in one way or in many. */
export const storm: Do = async (sim, dice) => {
  const device = dice.pick(sim.devices);
  const weather = dice.pick(weathers);
  if (device === undefined || weather === undefined) return null;
  device.line.weather = weather;
  if (dice.chance(0.3)) device.line.break();
  sim.counts.faults += 1;
  return `foul weather at ${device.name}`;
};

/** A device dies in the middle of whatever goes on, and mostly comes back. */
export const crash: Do = async (sim, dice) => {
  const device = dice.pick(on(sim));
  if (device === undefined) return null;
  // In the middle of whatever goes on.
  await sim.time.turns(dice.int(12));
  await sim.time.drive(device.kill());
  sim.counts.faults += 1;
  if (dice.chance(0.8)) await sim.time.drive(device.open());
  return `${device.name} crashes`;
};

/** A device is switched off in good order, or on again. */
export const toggle: Do = async (sim, dice) => {
  const device = dice.pick(sim.devices);
  if (device === undefined) return null;
  if (device.account === null) await sim.time.drive(device.open());
  else await sim.time.drive(device.close());
  return `${device.name} is switched ${device.account === null ? "off" : "on"}`;
};

/** Somebody sets the clock of their device. */
export const setClock: Do = async (sim, dice) => {
  const device = dice.pick(sim.devices);
  if (device === undefined) return null;
  const off = dice.pick([0, -30 * SECOND, 5 * MINUTE, -3 * HOUR, 26 * HOUR, -400 * HOUR]) ?? 0;
  device.machine.set(off);
  return `the clock of ${device.name} is ${off / SECOND} s ahead`;
};
