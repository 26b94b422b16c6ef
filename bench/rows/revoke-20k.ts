import { existsSync } from "node:fs";
import { join } from "node:path";
import { BATCH, type Bench, type Row, row } from "../lib/bench.ts";

const SHARE = 0.2;

/** Grants withdrawn over a fifth of all records, from the server's commit until the device holds none. */
export const revoke20k = async (bench: Bench): Promise<Row> => {
  const device = await bench.device();
  await device.ask("open", bench.at(await bench.copyOfSynced()));
  const before = await device.ask("held");
  const { began, committed, gone } = await bench.server.ask("withdraw", {
    wanted: Math.round(SHARE * bench.records),
  });
  const at = await device.ask("untilHeld", { count: before - gone });
  await device.stop();
  const seconds = (at - committed) / 1000;
  const folder = bench.newFolder("bare");
  const bare = await bench.bare();
  if (!existsSync(join(folder, "bare.db"))) {
    await bare.ask("sync", { ...bench.at(folder), limit: BATCH });
  }
  const bareSeconds = await bare.ask("remove", { folder, key: bench.key, count: gone });
  await bare.stop();
  const baseline = { name: "bare DELETE, s", value: bareSeconds };
  return row("revoke-20k", { value: seconds, unit: "s" }, baseline, [
    `${gone} records; the server took ${((committed - began) / 1000).toFixed(1)} s to decide`,
    "until no list shows them; emptied tombstones and RxDB's metadata rows stay in the file",
  ]);
};
