/** What became of the rows of one file. `read` is the sum of `mapped` and of `skipped`. */
export interface FileReport {
  file: string;
  read: number;
  /** What rows became: "visit, done" → how many. */
  mapped: Record<string, number>;
  /** Why rows were left out → how many. */
  skipped: Record<string, number>;
  /** What was odd, and how it was read all the same → how often. A row may have several. */
  noted: Record<string, number>;
}

/** Starts counting a file. */
export const newReport = (file: string): FileReport => ({
  file,
  read: 0,
  mapped: {},
  skipped: {},
  noted: {},
});

/** Counts one more of `what`. */
export const count = (counts: Record<string, number>, what: string, by = 1): void => {
  if (by > 0) counts[what] = (counts[what] ?? 0) + by;
};

/** The sum of counts. */
export const total = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, n) => sum + n, 0);

/** The reports as an aligned table: one line per file, then what its rows became, indented. */
export const renderReport = (reports: readonly FileReport[]): string => {
  const lines: [string, string, string, string][] = [["file", "read", "mapped", "skipped"]];
  for (const report of reports) {
    const { read, mapped, skipped, noted } = report;
    lines.push([report.file, `${read}`, `${total(mapped)}`, `${total(skipped)}`]);
    for (const [what, n] of Object.entries(mapped)) lines.push([`  → ${what}`, "", `${n}`, ""]);
    for (const [why, n] of Object.entries(skipped)) lines.push([`  × ${why}`, "", "", `${n}`]);
    for (const [what, n] of Object.entries(noted)) lines.push([`  · ${what}: ${n}`, "", "", ""]);
  }
  const width = Math.max(...lines.map(([label]) => [...label].length));
  return lines
    .map(([label, ...figures]) =>
      [label.padEnd(width), ...figures.map((figure) => figure.padStart(8))].join("  ").trimEnd(),
    )
    .join("\n");
};
