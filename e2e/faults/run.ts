import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { buildRenderer } from "../../scripts/build-renderer.ts";
import { root } from "../../scripts/processes.ts";
import { killRounds } from "./kill-rounds.ts";
import { Stand } from "./stand.ts";

/** Kills the core and the server many times; exits with 1 where a promise did not hold. */
const main = async (): Promise<void> => {
  const options = new Command("node e2e/faults/run.ts")
    .description("Kills core and server at random points while changes are made.")
    .option("--rounds <n>", "how many times", Number, Number(process.env.ROUNDS ?? 300))
    .option("--seed <n>", "by which chance", Number, Number(process.env.SEED ?? 7))
    .option("--json", "print the report as JSON and nothing else")
    .parse()
    .opts<{ rounds: number; seed: number; json?: true }>();
  if (!existsSync(join(root, "dist/renderer/index.html"))) await buildRenderer();
  const stand = await Stand.set();
  try {
    const device = await stand.device();
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const report = await killRounds(stand, device, { ...options, say });
    process.stdout.write(`${JSON.stringify(report, null, options.json ? 0 : 2)}\n`);
    if (report.wrong.length === 0) return;
    process.stderr.write(`\nServer:\n${stand.server.said}\nCore:\n${device.core.said}\n`);
    process.exitCode = 1;
  } finally {
    await stand.remove();
  }
};

await main();
