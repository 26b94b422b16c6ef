import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./processes.ts";

const newest = (folder: string): number =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((time, e) => Math.max(time, statSync(join(e.parentPath, e.name)).mtimeMs), 0);

/** Builds the renderer into dist/renderer, unless what is there is newer than every source of it. */
export const buildRenderer = (): void => {
  const page = join(root, "dist/renderer/index.html");
  const sources = ["src-renderer", "src-shared", "resources/locales"];
  const built = existsSync(page) ? statSync(page).mtimeMs : 0;
  const lock = statSync(join(root, "package-lock.json")).mtimeMs;
  if (built > Math.max(lock, ...sources.map(newest))) return;
  process.stdout.write("Building the renderer…\n");
  // A process of its own: Vite puts this one into production mode, and whatever it starts with it.
  const vite = join(root, "node_modules/vite/bin/vite.js");
  execFileSync(
    process.execPath,
    [vite, "build", "--config", "vite.renderer.config.ts", "--logLevel", "warn"],
    { cwd: root, stdio: "inherit" },
  );
};
