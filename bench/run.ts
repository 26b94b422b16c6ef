import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { accessCoverage, accessDecide, accessProject } from "./access.ts";
import { auditAppend, auditConsistency, auditInclusion, auditVerify } from "./audit.ts";
import { Bench, type Row, type Skipped } from "./lib/bench.ts";
import { machineFacts } from "./lib/machine.ts";
import { profiling, takeUsage } from "./lib/process.ts";
import { rounded } from "./lib/stats.ts";
import { table } from "./lib/table.ts";
import { promises } from "./promises.ts";
import { coldStart } from "./rows/cold-start.ts";
import { fanOut500, fanOutLenses } from "./rows/fan-out.ts";
import { firstSync } from "./rows/first-sync.ts";
import { firstSyncPouch } from "./rows/first-sync-pouchdb.ts";
import { liveChange } from "./rows/live-change.ts";
import { push1000 } from "./rows/push-1000.ts";
import { queuePage } from "./rows/queue-page.ts";
import { revoke20k } from "./rows/revoke-20k.ts";

/** In this order: the last ones change what the server holds. */
const rows: Record<string, (bench: Bench) => Promise<Row | Skipped>> = {
  "first-sync": firstSync,
  "first-sync-pouchdb": firstSyncPouch,
  "queue-page": queuePage,
  "cold-start": coldStart,
  "live-change": liveChange,
  "fan-out-500": fanOut500,
  "fan-out-500-lenses": fanOutLenses,
  "push-1000": push1000,
  "revoke-20k": revoke20k,
  "audit-append": auditAppend,
  "audit-inclusion": auditInclusion,
  "audit-consistency": auditConsistency,
  "audit-verify": auditVerify,
  "access-decide": accessDecide,
  "access-coverage": accessCoverage,
  "access-project": accessProject,
};

const rowName = (name: string, before: string[] = []): string[] => {
  if (name in rows) return [...before, name];
  throw new InvalidArgumentError(`There are ${Object.keys(rows).join(", ")}.`);
};

const count = (text: string): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 10_000) return number;
  throw new InvalidArgumentError("a whole number from 10000 up is wanted.");
};

const options = new Command("npm run bench --")
  .description("Measures sync and lists on this machine, each against a baseline of the same run.")
  .option("--json", "print one JSON object and nothing else")
  .option("--only <row>", "measure this row only; may be repeated", rowName)
  .option("--records <number>", "how many records of about 1 KB", count, 100_000)
  .option("--profile <folder>", "write a CPU profile of every process there; slows everything down")
  .parse()
  .opts<{ json?: true; only?: string[]; records: number; profile?: string }>();

const say = (line: string) =>
  void process.stderr.write(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
const print = (text: string) => void process.stdout.write(`${text}\n`);

const tell = (done: readonly Row[], skipped: readonly Skipped[]): void => {
  const lines = done.map((row) => {
    const promised = promises[row.name];
    const figures = [rounded(row.value), rounded(row.baseline.value), rounded(row.ratio)];
    const [value, baseline, ratio] = figures.map(String);
    const kept = promised === undefined ? "" : promised.kept(row) ? "kept" : "MISSED";
    return [
      ...[row.name, `${value} ${row.unit}`, `${baseline}  ${row.baseline.name}`, `${ratio} ×`],
      ...[promised?.promise ?? "", promised?.aim ?? "", kept],
    ];
  });
  const head = ["work", "measured", "baseline", "ratio", "promise", "aim", ""];
  print(`\n${table(head, lines, [1, 3])}\n`);
  for (const row of done) for (const note of row.notes) print(`${row.name}: ${note}`);
  for (const { name, skipped: why } of skipped) print(`${name}: SKIPPED. ${why}`);
  const took = done.flatMap(({ name, processes = {} }) =>
    Object.entries(processes).map(([process, { peakMb, cpuSeconds }]) => [
      ...[name, process, `${peakMb} MB`, `${cpuSeconds.toFixed(1)} s`],
    ]),
  );
  print(`\n${table(["work", "process", "peak memory", "processor"], took, [2, 3])}\n`);
  for (const fact of [...machineFacts(), `${options.records} records`]) print(fact);
};

const main = async (): Promise<void> => {
  if (options.profile !== undefined) {
    profiling.folder = resolve(options.profile);
    mkdirSync(profiling.folder, { recursive: true });
  }
  const wanted = Object.keys(rows).filter((name) => options.only?.includes(name) ?? true);
  const bench = new Bench(options.records, say);
  process.once("SIGINT", () => {
    bench.remove();
    process.exit(130);
  });
  const done: Row[] = [];
  const skipped: Skipped[] = [];
  try {
    await bench.start();
    for (const name of wanted) {
      say(`${name}…`);
      await bench.server.startOver();
      takeUsage();
      const row = await rows[name]?.(bench).catch((cause: Error): Skipped => {
        // The other rows are worth having without it; the run as a whole has failed.
        process.exitCode = 1;
        return { name, skipped: `It failed: ${cause.message}` };
      });
      if (row === undefined) continue;
      // Asked once more, for what it took to the end.
      await bench.server.report();
      if ("skipped" in row) {
        skipped.push(row);
        say(`${name}: skipped. ${row.skipped}`);
      } else done.push({ ...row, processes: takeUsage() });
    }
    await bench.stop();
  } finally {
    bench.remove();
  }
  if (!options.json) return tell(done, skipped);
  const plain = done.map(({ name, value, unit, baseline, ratio, processes }) => ({
    ...{ name, value, unit, baseline, ratio, processes },
  }));
  print(JSON.stringify({ rows: plain, skipped }));
};

await main();
