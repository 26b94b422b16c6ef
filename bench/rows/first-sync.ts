import { rmSync } from "node:fs";
import { join } from "node:path";
import { BATCH, type Bench, type Row, row, WHO } from "../lib/bench.ts";
import { mean } from "../lib/stats.ts";

const rates = new WeakMap<Bench, Promise<{ rate: number; settled: number }>>();

/** Our first sync, measured once in a run; leaves the synced device that other rows use. */
export const ourFirstSync = (bench: Bench): Promise<{ rate: number; settled: number }> => {
  const known = rates.get(bench) ?? measure(bench);
  rates.set(bench, known);
  return known;
};

const measure = async (bench: Bench) => {
  const folder = bench.newFolder("synced");
  rmSync(join(folder, "local.db"), { force: true });
  const device = await bench.device();
  const { seconds, settledSeconds } = await device.ask("firstSync", {
    at: bench.at(folder),
    total: bench.total,
  });
  await device.stop();
  return { rate: bench.total / seconds, settled: settledSeconds };
};

const bareRate = async (bench: Bench): Promise<number> => {
  const folder = bench.newFolder("bare");
  rmSync(join(folder, "bare.db"), { force: true });
  const bare = await bench.bare();
  const at = { ...bench.at(folder, WHO), limit: BATCH };
  const { seconds, records } = await bare.ask("sync", at);
  await bare.stop();
  if (records !== bench.total) throw new Error(`the bare loop got ${records} records`);
  return records / seconds;
};

/** Everything onto an empty device, against a bare loop that was run before and after it. */
export const firstSync = async (bench: Bench): Promise<Row> => {
  const before = await bareRate(bench);
  const ours = await ourFirstSync(bench);
  const after = await bareRate(bench);
  const bare = { name: "bare loop, records/s", value: mean([before, after]) };
  return row("first-sync", { value: ours.rate, unit: "records/s" }, bare, [
    `bare loop before ${Math.round(before)}, after ${Math.round(after)} records/s`,
    `up to date, with nothing left to do, ${ours.settled.toFixed(1)} s after the start`,
  ]);
};
