import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { programs } from "../vite.electron.config.ts";

const root = join(import.meta.dirname, "..");

/** Builds the core process, Electron's main process and the preload into dist/electron. */
export const buildElectron = async (): Promise<void> => {
  rmSync(join(root, "dist/electron"), { recursive: true, force: true });
  for (const mode of programs) {
    await build({
      root,
      configFile: join(root, "vite.electron.config.ts"),
      mode,
      logLevel: "warn",
    });
  }
};
