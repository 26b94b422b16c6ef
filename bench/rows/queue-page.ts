import { type Bench, type Row, row } from "../lib/bench.ts";
import { median, p95 } from "../lib/stats.ts";

const RUNS = 300;

/** The first page of the workload queue, in the core. */
export const queuePage = async (bench: Bench): Promise<Row> => {
  const device = await bench.device();
  await device.ask("open", bench.at(await bench.syncedFolder()));
  const { plain, bare, narrowed, open } = await device.ask("pages", { runs: RUNS });
  await device.stop();
  const baseline = { name: "prepared SQL, ms p95", value: p95(bare) };
  return row("queue-page", { value: p95(plain), unit: "ms p95" }, baseline, [
    `${open} open of ${bench.total}; median ${median(plain).toFixed(2)} ms, bare ${median(bare).toFixed(2)} ms`,
    ...Object.entries(narrowed).map(
      ([name, took]) => `narrowed to ${name}: ${p95(took).toFixed(2)} ms p95`,
    ),
  ]);
};
