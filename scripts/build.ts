import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { build } from "vite";
import { buildElectron } from "./build-electron.ts";

const root = join(import.meta.dirname, "..");

// The configuration names its folder as seen from the project.
process.chdir(root);

const { only } = new Command("npm run build --")
  .description("Builds the client into dist/.")
  .addOption(new Option("--only <part>", "build this part alone").choices(["renderer", "electron"]))
  .parse()
  .opts<{ only?: "renderer" | "electron" }>();

if (only !== "electron") {
  const configFile = join(root, "vite.renderer.config.ts");
  if (!existsSync(configFile)) throw new Error("vite.renderer.config.ts is not there.");
  process.stdout.write("Building the renderer…\n");
  await build({ configFile, logLevel: "warn" });
}
if (only !== "renderer") {
  process.stdout.write("Building the core process, Electron's main process and the preload…\n");
  await buildElectron();
}
