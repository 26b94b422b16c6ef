import type { SimDevice } from "../world/device.ts";
import type { Sim } from "../world/sim.ts";
import type { Seen } from "./model.ts";

/** JSON with its keys in order, so that equal data have equal text. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** What a device holds, by id. */
const held = async (sim: Sim, device: SimDevice): Promise<Map<string, Seen>> => {
  const records = device.account?.database.records;
  const found = records === undefined ? [] : await sim.time.drive(records.find().exec());
  return new Map(
    found.map((record) => {
      const { id, kind, until, data } = record.toJSON();
      return [id, { kind, until, data }];
    }),
  );
};

/** What the server's feed holds for a user, by id; null where it keeps none. */
const told = (sim: Sim, who: string, at: string): Map<string, Seen> | null => {
  const lens = sim.lensOf(who);
  if (lens === null) return null;
  const rows = sim.model.db
    .prepare("SELECT record_id, kind, until, doc FROM feed WHERE lens_id = ? AND doc IS NOT NULL")
    .all(lens) as { record_id: string; kind: string; until: string | null; doc: string }[];
  // What has just ended stands there until the sweep comes by.
  return new Map(
    rows
      .filter(({ until }) => until === null || until > at)
      .map(({ record_id, kind, until, doc }) => [
        record_id,
        { kind, until: until ?? "", data: JSON.parse(doc) },
      ]),
  );
};

const differences = (a: Map<string, Seen>, b: Map<string, Seen>): string[] => {
  const ids = new Set([...a.keys(), ...b.keys()]);
  return [...ids].flatMap((id) => {
    const [one, other] = [a.get(id), b.get(id)];
    if (one === undefined) return [`lacks ${other?.kind} ${id.slice(0, 8)}`];
    if (other === undefined) return [`has ${one.kind} ${id.slice(0, 8)} too many`];
    if (text(one.data) !== text(other.data)) {
      return [`differs in ${one.kind} ${id.slice(0, 8)}: ${where(one.data, other.data)}`];
    }
    return one.until === other.until
      ? []
      : [`${one.kind} ${id.slice(0, 8)} until ${one.until}, not ${other.until}`];
  });
};

const where = (a: Record<string, unknown>, b: Record<string, unknown>): string =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((field) => text(a[field] ?? null) !== text(b[field] ?? null))
    .map((field) => `${field} ${text(a[field])?.slice(0, 80)} ≠ ${text(b[field])?.slice(0, 80)}`)
    .join("; ");

/** Every device holds what the server's feed holds, and that is what its user may see (S7, S8). */
export const checkCopies = async (sim: Sim): Promise<void> => {
  const at = sim.time.iso();
  for (const device of sim.devices) {
    if (device.account === null) continue;
    const may = sim.isRevoked(device) ? new Map<string, Seen>() : sim.model.view(device.who, at);
    const here = await held(sim, device);
    const wrong = differences(here, may);
    if (wrong.length > 0) {
      sim.violated("S7", `${device.name} ${wrong.length} wrong: ${wrong.slice(0, 3).join(" | ")}`);
    }
    // In foul weather, or with a clock that leapt, what it held was once behind, or sealed too early.
    const steady = !device.machine.hasLeapt && !device.line.wasFoul;
    if (steady && device.mended > 0) {
      sim.violated("S10", `${device.name} had to mend ${device.mended} records`);
    }
    const feed = told(sim, device.who, at);
    const strayed = feed === null ? [] : differences(feed, sim.model.view(device.who, at));
    if (strayed.length > 0) {
      sim.violated("S7", `the feed of ${device.who} ${strayed.slice(0, 3).join(" | ")}`);
    }
  }
};
