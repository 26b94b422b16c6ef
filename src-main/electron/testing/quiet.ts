import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { onTestFinished } from "vitest";

/** A log that keeps its lines instead of printing them. */
export const keptLog = () => {
  const lines: string[] = [];
  return {
    lines,
    log: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }),
  };
};

/** A folder that is gone after the test. */
export const testFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "riversync-electron-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
