import { createHash } from "node:crypto";
import { existsSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { BareColdNews } from "../bare-cold-process.ts";
import type { ColdNews } from "../cold-process.ts";
import { clockMs } from "../lib/answer.ts";
import { type Bench, type Row, row } from "../lib/bench.ts";
import { noteUsage, start } from "../lib/process.ts";
import { median, quantile } from "../lib/stats.ts";

const RUNS = 7;
const SUB = "cold";

/** Seconds from the start of a process to its first page. */
const once = async <News extends BareColdNews>(
  file: string,
  name: string,
  args: string[],
): Promise<[number, News]> => {
  const began = clockMs();
  const child = start(file, name, args);
  const exit = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const news = await new Promise<News>((resolve, reject) => {
    child.once("message", (message) => resolve(message as News));
    child.once("exit", (code) => reject(new Error(`${file} ended without a page (${code})`)));
  });
  const seconds = (clockMs() - began) / 1000;
  noteUsage(name, child, news.usage);
  child.disconnect();
  await exit;
  return [seconds, news];
};

/** From the start of the core's process to the first page of the queue, with all of it on disk. */
export const coldStart = async (bench: Bench): Promise<Row> => {
  const folder = await bench.copyOfSynced();
  const device = await bench.device();
  await device.ask("open", bench.at(folder));
  const { page } = await device.ask("pageSql");
  await device.stop();
  // Where the core looks for the database of this account.
  const hash = createHash("sha256").update(SUB).digest("hex").slice(0, 24);
  const file = join(folder, `${hash}.db`);
  renameSync(join(folder, "local.db"), file);
  if (existsSync(join(folder, "local.db-wal")))
    renameSync(join(folder, "local.db-wal"), `${file}-wal`);
  const ours: number[] = [];
  const bare: number[] = [];
  const stood: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const [seconds, news] = await once<ColdNews>("cold-process.ts", "core, cold", [
      folder,
      bench.key,
      SUB,
    ]);
    if (news.rows !== 50) throw new Error(`the first page had ${news.rows} rows`);
    ours.push(seconds);
    stood.push(news.startedMs / 1000);
    const [bareSeconds] = await once("bare-cold-process.ts", "bare, cold", [file, bench.key, page]);
    bare.push(bareSeconds);
  }
  const baseline = { name: "Node, open, SQL, s", value: median(bare) };
  return row("cold-start", { value: median(ours), unit: "s" }, baseline, [
    `slowest of ${RUNS} ${quantile(ours, 1).toFixed(2)} s; the core stood after ${median(stood).toFixed(2)} s`,
    `${Math.round(statSync(file).size / 2 ** 20)} MB on the disk`,
  ]);
};
