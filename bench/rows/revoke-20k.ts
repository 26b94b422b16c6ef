import { existsSync } from "node:fs";
import { join } from "node:path";
import { BATCH, type Bench, type Row, row } from "../lib/bench.ts";

const SHARE = 0.2;

/**
 * Agreements over a fifth of all records end (S9): from the server's commit until nothing of those
 * records is in the device's files, its log emptied.
 */
export const revoke20k = async (bench: Bench): Promise<Row> => {
  const device = await bench.device();
  await device.ask("open", bench.at(await bench.copyOfSynced()));
  const before = await device.ask("held");
  const { began, committed, gone } = await bench.server.ask("endAgreements", {
    wanted: Math.round(SHARE * bench.records),
  });
  const { at, rows, logBytes } = await device.ask("untilErased", { gone });
  await device.stop();
  if (rows !== before - gone) throw new Error(`${rows} rows are left, not ${before - gone}`);
  if (logBytes > 0) throw new Error(`the log still holds ${logBytes} bytes`);
  const folder = bench.newFolder("bare");
  const bare = await bench.bare();
  if (!existsSync(join(folder, "bare.db"))) {
    await bare.ask("sync", { ...bench.at(folder), limit: BATCH });
  }
  const bareSeconds = await bare.ask("remove", { folder, key: bench.key, count: gone });
  await bare.stop();
  const baseline = { name: "bare DELETE, s", value: bareSeconds };
  return row("revoke-20k", { value: (at - committed) / 1000, unit: "s" }, baseline, [
    `${gone} records; the server took ${((committed - began) / 1000).toFixed(1)} s to decide`,
    "until no row of them is in the file, and the write-ahead log is empty",
  ]);
};
