import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { emptyWriteAheadLog } from "./damage-check.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";

/**
 * Copies the file as it is, encrypted with the same key, before its content becomes that of another
 * version. A copy that is there already stays: it was made before a migration that was cut short.
 * Throws where the disk refuses; there is never half a copy under that name.
 */
export function backUp(db: SqliteDatabase, file: string, version: number): void {
  const backup = `${file}.before-v${version}.bak`;
  if (existsSync(backup)) return;
  // Then the file is everything: this process has the only connection, and writes nothing meanwhile.
  emptyWriteAheadLog(db);
  const half = `${backup}.half`;
  copyFileSync(file, half);
  const handle = openSync(half, "r+");
  fsyncSync(handle);
  closeSync(handle);
  renameSync(half, backup);
}

/** The copies of a file that were made before a migration. */
const backupsOf = (file: string): string[] => {
  const start = `${basename(file)}.before-v`;
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(start))
    .map((name) => join(folder, name));
};

/** Erases the copies: what they were kept against has not happened, or they must not be kept (S9). */
export const removeBackups = (file: string): void => {
  for (const backup of backupsOf(file)) rmSync(backup, { force: true });
};
