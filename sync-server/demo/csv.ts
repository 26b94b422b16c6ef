import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CsvError, parse } from "csv-parse/sync";
import { err, ok, type Result } from "#shared/result.ts";
import type { DemoError } from "./demo-error.ts";
import { count, type FileReport, newReport } from "./report.ts";

/** A file's rows by column name, each with its line, and the report that counts them. */
export interface Table<C extends string> {
  rows: { line: number; cells: Record<C, string> }[];
  report: FileReport;
}

/** Reads a text file below `dir`; a failure says what the system said. */
export const readText = (dir: string, file: string): Result<string, DemoError> => {
  try {
    return ok(readFileSync(join(dir, file), "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return err({ code: "file-unreadable", file, line: null, reason });
  }
};

interface Parsed {
  info: { lines: number };
  record: string[];
}

const parseCells = (text: string, file: string): Result<Parsed[], DemoError> => {
  try {
    const options = { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true };
    return ok(parse(text, { ...options, info: true }) as unknown as Parsed[]);
  } catch (cause) {
    const line = cause instanceof CsvError && typeof cause.lines === "number" ? cause.lines : null;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return err({ code: "csv-malformed", file, line, reason });
  }
};

/**
 * Reads a CSV file. A row of the wrong shape stops the reading with its line, because every cell
 * after it may be another column's; only empty cells past the last column are let through, and
 * noted. What is wrong inside a cell is the reader's to judge.
 */
export const readTable = <const C extends string>(
  dir: string,
  file: string,
  columns: readonly C[],
): Result<Table<C>, DemoError> => {
  const text = readText(dir, file);
  if (!text.ok) return text;
  const parsed = parseCells(text.value, file);
  if (!parsed.ok) return parsed;
  const [header, ...body] = parsed.value;
  if (header === undefined) {
    return err({ code: "csv-malformed", file, line: 1, reason: "the file is empty" });
  }
  const missing = columns.find((column) => !header.record.includes(column));
  if (missing !== undefined) {
    return err({ code: "column-missing", file, line: 1, reason: `no column "${missing}"` });
  }
  const report = newReport(file);
  if (text.value.startsWith("\uFEFF")) count(report.noted, "byte order mark dropped");
  const rows: Table<C>["rows"] = [];
  for (const { record, info } of body) {
    const extra = record.slice(header.record.length);
    if (record.length < header.record.length || extra.some((cell) => cell !== "")) {
      const reason = `${record.length} cells under ${header.record.length} columns`;
      return err({ code: "csv-malformed", file, line: info.lines, reason });
    }
    if (extra.length > 0) count(report.noted, "empty cells past the last column dropped");
    const cells = Object.fromEntries(
      columns.map((column) => [column, record[header.record.indexOf(column)] ?? ""]),
    ) as Record<C, string>;
    rows.push({ line: info.lines, cells });
  }
  report.read = rows.length;
  return ok({ rows, report });
};
