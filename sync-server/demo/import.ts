import { resolve } from "node:path";
import { Command } from "commander";
import { buildDemoWorld } from "./build-world.ts";
import { describeDemoError } from "./demo-error.ts";
import { demoResources } from "./plan.ts";
import { count, renderReport } from "./report.ts";

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Builds the demo world and says what became of every row of its sources. */
const main = (): void => {
  const command = new Command("import-demo")
    .description("Builds the demo world and reports what became of every row of its sources")
    .option("--report", "print the report as a table (the default)")
    .option("--json", "print the report as JSON")
    .option("--source <dir>", "folder with assetops/ and nab/", demoResources)
    .option("--now <iso>", "the moment the world is made for", new Date().toISOString())
    .parse();
  const { json, source, now } = command.opts<{ json?: true; source: string; now: string }>();
  const at = new Date(now);
  if (Number.isNaN(at.getTime())) command.error(`--now is no ISO time: ${now}`);
  const built = buildDemoWorld({ now: at, sourceDir: resolve(source) });
  if (!built.ok) {
    process.stderr.write(`${describeDemoError(built.error)}\n`);
    process.exitCode = 1;
    return;
  }
  const { world, report } = built.value;
  // The seam: whoever holds a store loads the same world into it with `loadWorld(store, world)`.
  // This command only builds it, so that the report can be read without a store.
  const records: Record<string, number> = {};
  for (const { kind } of world.records) count(records, kind);
  const figures = Object.entries(records).map(([kind, n]) => `${n} ${kind}`);
  if (json) print(JSON.stringify({ now: at.toISOString(), files: report, records }, null, 2));
  else print(`${renderReport(report)}\n\nrecords: ${figures.join(" · ")}`);
};

main();
