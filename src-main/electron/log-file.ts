import { mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import pino, { type Logger } from "pino";

const LARGEST = 5 * 1024 * 1024;

/** A log in a file, since a desktop program has nowhere to print to. Past 5 MB it begins anew. */
export const openLog = (folder: string, name: "main" | "core"): Logger => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.log`);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST) renameSync(file, `${file}.old`);
  const level = process.env.LOG_LEVEL ?? "info";
  return pino({ name, level }, pino.destination({ dest: file, mode: 0o600, sync: true }));
};
