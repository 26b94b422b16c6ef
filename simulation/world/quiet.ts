import { checkAll } from "../oracle/check.ts";
import type { SimDevice } from "./device.ts";
import type { Sim } from "./sim.ts";
import { fair } from "./weather.ts";

const SECOND = 1000;
/** By then the sweep has run, and whoever was told nothing has asked again. */
const CALM_MS = 70 * SECOND;
const LONGEST_MS = 5 * 60 * SECOND;

/** Whether a device has nothing left to do, whatever it is allowed. */
const atRest = (sim: Sim, device: SimDevice): boolean => {
  const status = device.account?.status$.value;
  if (status === undefined) return true;
  if (status.waiting > 0) return false;
  return sim.model.admits(device.who) && !sim.isRevoked(device)
    ? status.phase === "up-to-date"
    : status.failure !== null && !sim.isRevoked(device);
};

const hearsOfWipe = (device: SimDevice): boolean => device.wiped === "told";

/** Whether what a user may see was another a moment ago, and only time has passed. */
const hasJustChanged = (sim: Sim, who: string): boolean => {
  const now = sim.time.now();
  const [a, b] = [0, CALM_MS].map((ago) => sim.model.view(who, new Date(now - ago).toISOString()));
  return JSON.stringify([...(a ?? [])]) !== JSON.stringify([...(b ?? [])]);
};

/**
 * Everybody is there, nothing gets lost, and nobody does anything, until nothing moves any more.
 * Then everything must be as it should (S14).
 */
export const quiet = async (sim: Sim): Promise<void> => {
  const { time, server, devices } = sim;
  sim.counts.quiets += 1;
  if (server.running === null) await time.drive(server.start());
  sim.lookAgain();
  for (const device of devices) {
    device.line.up = true;
    device.line.weather = fair;
    device.line.break();
    await time.drive(device.open());
  }
  await time.pass(CALM_MS);
  await time.until(
    () => devices.every((device) => atRest(sim, device) || hearsOfWipe(device)),
    LONGEST_MS,
  );
  for (const device of devices) await time.drive(device.wipe());
  const rested = await time.until(() => devices.every((device) => atRest(sim, device)), LONGEST_MS);
  if (!rested) {
    for (const device of devices.filter((each) => !atRest(sim, each))) {
      const { phase, waiting, failure } = device.account?.status$.value ?? {};
      sim.violated(
        "quiet",
        `${device.name} never rests: ${phase}, ${waiting} wait, ${failure?.code}`,
      );
    }
  }
  await time.pass(10 * SECOND);
  // Where something has just run out, the sweep may still have to come by.
  while (devices.some(({ who }) => hasJustChanged(sim, who))) await time.pass(CALM_MS);
  await checkAll(sim);
};
