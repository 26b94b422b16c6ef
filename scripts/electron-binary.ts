import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The path of Electron's program, or null where it has not been fetched. The package itself is not
 * imported: that alone would set off a download.
 */
export const electronBinary = (): string | null => {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve("electron/package.json"));
    const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
    const nameFile = join(folder, "path.txt");
    const name = existsSync(nameFile) ? readFileSync(nameFile, "utf8").trim() : "electron";
    const binary = join(override ?? join(folder, "dist"), name);
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
};

const FETCH_MS = 180_000;

/**
 * Electron's program, fetched by Electron's own installer where it is not there yet: once, and only
 * where there is a window to open. Null where it cannot be had.
 */
export const fetchElectron = (): string | null => {
  const installer = createRequire(import.meta.url).resolve("electron/install.js");
  process.stdout.write("Fetching Electron, once…\n");
  spawnSync(process.execPath, [installer], { stdio: "ignore", timeout: FETCH_MS });
  const binary = electronBinary();
  if (binary === null) process.stdout.write("It could not be had: opening the browser instead.\n");
  return binary;
};
