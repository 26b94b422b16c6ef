import { wordsIn } from "../world/canary.ts";
import type { SimDevice } from "../world/device.ts";
import type { Sim } from "../world/sim.ts";
import { bytesOf } from "./bytes.ts";
import type { Seen } from "./model.ts";
import { leaksIn } from "./secrets.ts";

/** What a device may hold though nobody may see it: its user's own words, and what they were said about. */
const ownWords = async (sim: Sim, device: SimDevice): Promise<Set<string>> => {
  const own = sim.writtenBy(device.who);
  if (device.account === null) return own;
  const { database, desk } = device.account;
  const records = await sim.time.drive(database.records.find().exec());
  const items = await sim.time.drive(desk.list());
  const intents = [
    ...records.flatMap((record) => record.toJSON().pending),
    ...items.map((item) => item.intent),
  ];
  for (const { id, target, payload } of intents) {
    for (const word of wordsIn(JSON.stringify([id, target, payload]))) own.add(word);
  }
  return own;
};

const viewsAt = (
  sim: Sim,
  who: string,
  now: number,
  ago: number,
): [Map<string, Seen>, ...Map<string, Seen>[]] => {
  const at = (ms: number) => sim.model.view(who, new Date(ms).toISOString());
  return ago === 0 ? [at(now)] : [at(now), at(now - ago)];
};

/** The bytes on a device are a subset of what its user may see now, or `ago` (ms) at most (S9, S14). */
export const checkBytes = async (sim: Sim, ago = 0): Promise<void> => {
  const now = sim.time.now();
  for (const device of sim.devices) {
    if (device.account === null && device.wiped === "no") continue;
    const own = await ownWords(sim, device);
    const bytes = bytesOf(device.folder, device.key);
    const [view, ...before] = sim.isRevoked(device)
      ? [new Map<string, Seen>()]
      : viewsAt(sim, device.who, now, ago);
    // The reading itself must be able to see: every record that is there is found. Nothing is there
    // after a wipe, not even once a backup of the server knows nothing of it.
    const found = wordsIn(bytes);
    const unseen =
      ago > 0 || device.account === null ? [] : [...view.keys()].filter((id) => !found.has(id));
    if (unseen.length > 0 && sim.violations.length === 0) {
      sim.violated(
        "oracle",
        `${unseen.length} records of ${device.name} are not found in its bytes`,
      );
    }
    const leaks = leaksIn(bytes, [view, ...before], sim.journal, own);
    if (leaks.length > 0) {
      const [word = ""] = leaks;
      const at = bytes.indexOf(word);
      const around = bytes.slice(Math.max(0, at - 90), at + 90).replace(/[^ -~]+/g, "·");
      const whole = leaks.filter((each) => each.startsWith("cy")).length;
      sim.violated(
        "S14",
        `${device.name} keeps ${leaks.length} words (${whole} of content), as of ${sim.describe(word)}: …${around}…`,
      );
    }
  }
};
