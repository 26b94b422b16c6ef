import { join, resolve } from "node:path";
import { Command } from "commander";
import { sentenceOf } from "../sentence.ts";
import { openSqlite } from "../store/open-sqlite.ts";
import { sqliteFile } from "../store/open-store.ts";
import { buildDemoWorld } from "./build-world.ts";
import { describeDemoError } from "./demo-error.ts";
import { hasWorld, loadWorld } from "./load-world.ts";
import { demoResources } from "./plan.ts";
import { count, renderReport } from "./report.ts";
import type { DemoWorld } from "./world.ts";

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Loads the world into the server's store under `folder`, where none has been loaded before. */
const loadInto = async (folder: string, world: DemoWorld): Promise<string> => {
  const opened = await openSqlite(sqliteFile(join(folder, "server")));
  if (!opened.ok) return sentenceOf(opened.error);
  const store = opened.value;
  try {
    if (await hasWorld(store)) return `${folder} holds a world already: nothing was loaded.`;
    await loadWorld(store, world);
    return `Loaded into ${folder}.`;
  } finally {
    await store.close();
  }
};

/** Builds the demo world and says what became of every row of its sources. */
const main = async (): Promise<void> => {
  const command = new Command("import-demo")
    .description("Builds the demo world and reports what became of every row of its sources")
    .option("--report", "print the report as a table (the default)")
    .option("--json", "print the report as JSON")
    .option("--data <dir>", "load it into the server's store in this data folder")
    .option("--source <dir>", "folder with assetops/ and nab/", demoResources)
    .option("--now <iso>", "the moment the world is made for", new Date().toISOString())
    .parse();
  const { json, source, now, data } = command.opts<{
    json?: true;
    source: string;
    now: string;
    data?: string;
  }>();
  const at = new Date(now);
  if (Number.isNaN(at.getTime())) command.error(`--now is no ISO time: ${now}`);
  const built = buildDemoWorld({ now: at, sourceDir: resolve(source) });
  if (!built.ok) {
    process.stderr.write(`${describeDemoError(built.error)}\n`);
    process.exitCode = 1;
    return;
  }
  const { world, report } = built.value;
  const records: Record<string, number> = {};
  for (const { kind } of world.records) count(records, kind);
  const figures = Object.entries(records).map(([kind, n]) => `${n} ${kind}`);
  if (json) print(JSON.stringify({ now: at.toISOString(), files: report, records }, null, 2));
  else print(`${renderReport(report)}\n\nrecords: ${figures.join(" · ")}`);
  if (data !== undefined) process.stderr.write(`${await loadInto(resolve(data), world)}\n`);
};

await main();
