import type { Priority } from "#shared/domain/common.ts";
import type { Plan } from "./plan.ts";
import type { Sources } from "./read-sources.ts";
import { count } from "./report.ts";
import { MINUTE, parseTime } from "./time.ts";

/** An alarm of a source, understood; times are still the source's. */
export interface SourceAlarm {
  /** Which source's row it is; makes the record's id. */
  key: string;
  serial: string;
  rule: string;
  title: string;
  severity: Priority;
  metric: string | null;
  value: number | null;
  lower: number | null;
  upper: number | null;
  at: number;
  clearedAt: number | null;
}

const pick = <T>(why: string | null, value: T | null): { why: string } | { value: T } =>
  value === null ? { why: why ?? "unreadable" } : { value };

/** The alerts, named by their rules. */
export const readAlerts = (
  { alerts, rules }: Sources,
  serials: ReadonlySet<string>,
  { rules: wording }: Plan["wording"],
): SourceAlarm[] => {
  const names = new Map(
    rules.rows.map(({ cells }) => [cells.rule_id, cells.rule_name.replace(/^Chiller - +/, "")]),
  );
  const found: SourceAlarm[] = [];
  const seen = new Set<string>();
  for (const { cells } of alerts.rows) {
    const at = parseTime(cells.start_time);
    const clearedAt = parseTime(cells.end_time);
    const name = wording[cells.rule_id]?.title ?? names.get(cells.rule_id);
    const key = `${cells.equipment_id}|${cells.rule_id}|${at}`;
    const why = !serials.has(cells.equipment_id)
      ? "unknown equipment"
      : at === null || clearedAt === null || clearedAt < at
        ? "unreadable date"
        : name === undefined
          ? "rule without a name"
          : seen.has(key)
            ? "duplicate"
            : null;
    const row = pick(why, why === null && at !== null && name !== undefined ? { at, name } : null);
    if ("why" in row) {
      count(alerts.report.skipped, row.why);
      continue;
    }
    seen.add(key);
    found.push({
      key,
      serial: cells.equipment_id,
      rule: cells.rule_id,
      title: row.value.name,
      severity: wording[cells.rule_id]?.severity ?? 3,
      metric: null,
      value: null,
      lower: null,
      upper: null,
      at: row.value.at,
      clearedAt,
    });
  }
  return found;
};

const side = (value: number, lower: number, upper: number): string =>
  value > upper
    ? "above its expected range"
    : value < lower
      ? "below its expected range"
      : "unusual";

/**
 * The anomalies. They name the machine as people do ("chiller 9") and have no end: the figures come
 * every quarter of an hour, so one is over when the next is measured.
 */
export const readAnomalies = (
  { anomalies }: Sources,
  byName: ReadonlyMap<string, string>,
  { kpis }: Plan["wording"],
): SourceAlarm[] => {
  const found: SourceAlarm[] = [];
  const seen = new Set<string>();
  for (const { cells } of anomalies.rows) {
    const at = parseTime(cells.timestamp);
    const serial = byName.get(cells.asset_name.toLowerCase());
    const figures = [cells.value, cells.lower_bound, cells.upper_bound];
    const [value = 0, lower = 0, upper = 0] = figures.map(Number);
    const bad = figures.some((text) => text === "" || !Number.isFinite(Number(text)));
    const key = `${serial}|${cells.KPI}|${at}`;
    const why =
      serial === undefined
        ? "unknown equipment"
        : at === null
          ? "unreadable date"
          : bad
            ? "unreadable figure"
            : seen.has(key)
              ? "duplicate"
              : null;
    if (why !== null || serial === undefined || at === null) {
      count(anomalies.report.skipped, why ?? "unreadable");
      continue;
    }
    seen.add(key);
    if (lower > upper) count(anomalies.report.noted, "lower bound above the upper, kept");
    found.push({
      key,
      serial,
      rule: cells.KPI,
      title: `${cells.KPI.charAt(0)}${cells.KPI.slice(1).toLowerCase()} ${side(value, lower, upper)}`,
      severity: kpis[cells.KPI]?.severity ?? 3,
      metric: cells.KPI,
      value,
      lower,
      upper,
      at,
      clearedAt: at + 15 * MINUTE,
    });
  }
  return found;
};
