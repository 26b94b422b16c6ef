import { changes } from "../world/changes.ts";
import { type Do, on } from "./do.ts";

/** Somebody else changes what is, or who may see what. */
export const change: Do = async (sim, dice) => {
  if (sim.server.running === null) return null;
  const how = dice.weighted(changes);
  const said = await sim.time.drive(how(sim, dice));
  sim.journal.learn(sim.model.stored);
  return said;
};

/** The server dies, perhaps in the middle of a request, and comes back at once or later. */
export const killServer: Do = async (sim, dice) => {
  if (sim.server.running === null) return null;
  if (dice.chance(0.7)) for (const device of on(sim)) device.account?.syncNow();
  await sim.time.turns(dice.int(60));
  sim.server.kill();
  for (const device of sim.devices) device.line.break();
  sim.counts.faults += 1;
  if (dice.chance(0.5)) await startServer(sim, dice);
  sim.lookAgain();
  return "the server dies";
};

/** A server that died comes back. */
export const startServer: Do = async (sim) => {
  if (sim.server.running !== null) return null;
  await sim.time.drive(sim.server.start());
  sim.lookAgain();
  return "the server is there again";
};

/** The server keeps a copy of what it has, for bad times. */
export const backUp: Do = async (sim) => {
  if (sim.server.running === null) return null;
  sim.backUp();
  return "a backup is made";
};

/** The server's disk is lost: it goes on with its backup, in another life. */
export const restore: Do = async (sim) => {
  if (!sim.server.hasBackup) return null;
  for (const device of sim.devices) device.line.break();
  sim.restore(true);
  sim.counts.faults += 1;
  await sim.time.drive(sim.server.start());
  sim.lookAgain();
  return "the server is restored from its backup";
};
