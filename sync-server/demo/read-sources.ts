import { ok, type Result } from "#shared/result.ts";
import { readTable, type Table } from "./csv.ts";
import type { DemoError } from "./demo-error.ts";
import { readWindows } from "./plan.ts";
import { count, type FileReport, newReport } from "./report.ts";
import { parseTime } from "./time.ts";

const columns = {
  workOrders: [
    "assetops/all_wo_with_code_component_events.csv",
    [
      "wo_id",
      "collection",
      "primary_code",
      "primary_code_description",
      "secondary_code",
      "secondary_code_description",
      "equipment_id",
      "preventive",
      "work_priority",
      "actual_finish",
      "duration",
      "actual_labor_hours",
    ],
  ],
  events: [
    "assetops/event.csv",
    [
      "event_id",
      "event_group",
      "event_category",
      "event_type",
      "description",
      "equipment_id",
      "event_time",
      "note",
    ],
  ],
  alerts: ["assetops/alert_events.csv", ["equipment_id", "rule_id", "start_time", "end_time"]],
  anomalies: [
    "assetops/anomaly_events.csv",
    ["timestamp", "KPI", "asset_name", "value", "upper_bound", "lower_bound"],
  ],
  rules: ["assetops/alert_rule.csv", ["rule_id", "rule_name"]],
  components: ["assetops/component.csv", ["equipment", "component"]],
  codes: ["assetops/failure_codes.csv", ["category", "secondary_code"]],
  machine: ["nab/machine_temperature_system_failure.csv", ["timestamp", "value"]],
  ambient: ["nab/ambient_temperature_system_failure.csv", ["timestamp", "value"]],
} as const satisfies Record<string, readonly [string, readonly string[]]>;

type Name = keyof typeof columns;
type Tables = { [N in Name]: Table<(typeof columns)[N][1][number]> };

/** A stretch of a series in which the machine is known to have failed; source time, ms. */
interface FailureWindow {
  series: "machine" | "ambient";
  from: number;
  to: number;
}

/** The sources as read, before anything is decided about their rows. */
export type Sources = Tables & { windows: FailureWindow[]; windowReport: FileReport };

const seriesOf = (file: string): FailureWindow["series"] | null =>
  file.includes("machine_temperature")
    ? "machine"
    : file.includes("ambient_temperature")
      ? "ambient"
      : null;

const windowsOf = (json: Record<string, [string, string][]>) => {
  const report = newReport("nab/combined_windows.json");
  const windows: FailureWindow[] = [];
  for (const [file, spans] of Object.entries(json)) {
    const series = seriesOf(file);
    for (const [start, end] of spans) {
      report.read += 1;
      const from = parseTime(start);
      const to = parseTime(end);
      if (series === null) count(report.skipped, "of a series the demo does not ship");
      else if (from === null || to === null) count(report.skipped, "unreadable date");
      else windows.push({ series, from, to });
    }
  }
  return { windows, windowReport: report };
};

/** Reads every source file below `dir`, or says which is missing or malformed, and where. */
export const readSources = (dir: string): Result<Sources, DemoError> => {
  const tables: Partial<Record<Name, Table<string>>> = {};
  for (const [name, [file, wanted]] of Object.entries(columns)) {
    const table = readTable<string>(dir, file, wanted);
    if (!table.ok) return table;
    tables[name as Name] = table.value;
  }
  const windows = readWindows(dir);
  if (!windows.ok) return windows;
  return ok({ ...(tables as Tables), ...windowsOf(windows.value) });
};
