import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { marksOf } from "./page-check.ts";

const SUFFIXES = ["", "-wal", "-shm"];

/** Where the file that is to replace a damaged one is made. */
export const newFile = (file: string): string => `${file}.new`;

const stem = (file: string): string => basename(file).replace(/\.db$/, "");

/**
 * Moves a damaged file with its log to `<name>.damaged-<timestamp>.db` and puts the new one, which is
 * whole and closed, in its place. Returns where the damaged one is.
 */
export function setAside(file: string): string {
  const when = new Date().toISOString().replace(/[:.]/g, "-");
  const aside = join(dirname(file), `${stem(file)}.damaged-${when}.db`);
  // The file itself first: without it, `finishSettingAside` knows what was under way.
  for (const suffix of SUFFIXES) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${aside}${suffix}`);
  }
  finishSettingAside(file);
  return aside;
}

/** Puts a new file in its place where that was cut short: the damaged one has left it already. */
export function finishSettingAside(file: string): void {
  if (existsSync(file) || !existsSync(newFile(file))) return;
  for (const suffix of ["-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });
  for (const mark of [...marksOf(file), ...marksOf(newFile(file))]) rmSync(mark, { force: true });
  renameSync(newFile(file), file);
}

/** Erases the damaged files that were set aside. */
export function removeSetAside(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${stem(file)}.damaged-`)) rmSync(join(folder, name), { force: true });
  }
}
