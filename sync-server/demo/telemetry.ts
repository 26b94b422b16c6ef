import type { Coverage } from "./coverage.ts";
import type { Plan } from "./plan.ts";
import type { Sources } from "./read-sources.ts";
import { count } from "./report.ts";
import type { SourceAlarm } from "./source-alarms.ts";
import { bangkokMidnight, DAY, HOUR, iso, parseTime, WEEK } from "./time.ts";
import { type DemoRecordOf, demoId } from "./world.ts";

type Station = Plan["stations"][number];
type Reading = [at: number, value: number];

interface Stretch {
  station: Station;
  from: number;
  until: number;
  shift: number;
  readings: Reading[];
}

/**
 * Where a station's stretch of the series lies, and by how much it moves: by whole weeks, so that a
 * warm Monday morning stays one, and past now, so that the newest reading is of now; what would be
 * of the future is left out.
 */
const stretchOf = (station: Station, now: number): Stretch => {
  const until = parseTime(station.until) ?? 0;
  const shift = Math.ceil((now - until) / WEEK) * WEEK;
  return { station, from: until - station.days * DAY, until, shift, readings: [] };
};

const fill = (stretches: Stretch[], { rows, report }: Sources["machine"], now: number): void => {
  const seen = new Set<number>();
  for (const { cells } of rows) {
    const at = parseTime(cells.timestamp);
    const value = Number(cells.value);
    if (at === null) count(report.skipped, "unreadable date");
    else if (cells.value === "" || !Number.isFinite(value))
      count(report.skipped, "unreadable figure");
    else if (seen.has(at)) count(report.skipped, "duplicate time");
    else {
      const stretch = stretches.find((s) => s.from < at && at <= s.until);
      if (stretch === undefined) count(report.skipped, "outside the stretches shown");
      else if (at + stretch.shift > now) count(report.skipped, "would be of the future");
      else {
        stretch.readings.push([at, value]);
        count(report.mapped, "telemetry reading");
      }
      seen.add(at);
    }
  }
};

const chunks = ({ station, shift, readings }: Stretch, plan: Plan, coverage: Coverage) => {
  const days = Map.groupBy(readings, ([at]) => bangkokMidnight(at));
  const { customerId, deviceId } = coverage.place(station.serial);
  const { metric, unit } = plan.series[station.series];
  return [...days].map(([day, unsorted]): DemoRecordOf<"telemetry"> => {
    const moved = unsorted
      .map(([at, value]): Reading => [at + shift, Math.round(value * 100) / 100])
      .sort((a, b) => a[0] - b[0]);
    const id = demoId(`telemetry:${station.serial}:${day}`);
    const from = iso(moved[0]?.[0] ?? day + shift);
    const to = iso(moved.at(-1)?.[0] ?? day + shift);
    const data = { id, customerId, deviceId, metric, unit, from, to, readings: moved };
    return { kind: "telemetry", id, data };
  });
};

/** The alarms a station raised where its readings crossed a threshold; a gap of 2 hours parts two. */
const crossings = ({ station, shift, readings }: Stretch, plan: Plan): SourceAlarm[] => {
  const { metric, unit, high, low } = plan.series[station.series];
  const alarms: SourceAlarm[] = [];
  let last: { alarm: SourceAlarm; until: number } | null = null;
  const sorted = readings.toSorted((a, b) => a[0] - b[0]);
  for (const [at, value] of sorted) {
    if (value >= low && value <= high) continue;
    const above = value > high;
    const direction = above ? "above" : "below";
    if (last?.alarm.title.includes(direction) && at - last.until <= 2 * HOUR) {
      last.until = at;
      last.alarm.clearedAt = at + shift;
      continue;
    }
    const alarm: SourceAlarm = {
      key: `${station.serial}|${direction}|${at}`,
      serial: station.serial,
      rule: "threshold",
      title: `${metric} ${direction} ${above ? high : low} ${unit}`,
      severity: 2,
      metric,
      value: Math.round(value * 100) / 100,
      lower: low,
      upper: high,
      at: at + shift,
      clearedAt: at + shift,
    };
    alarms.push(alarm);
    last = { alarm, until: at };
  }
  // Still outside at the newest reading: it has not cleared.
  if (last !== null && last.until === sorted.at(-1)?.[0]) last.alarm.clearedAt = null;
  return alarms;
};

/** The known failures of the series that fall into what a station shows. */
const knownFailures = (stretches: Stretch[], sources: Sources, plan: Plan, now: number) => {
  const { windows, windowReport } = sources;
  const alarms: SourceAlarm[] = [];
  for (const { series, from, to } of windows) {
    const stretch = stretches.find(
      (s) => s.station.series === series && s.from < from && from <= s.until,
    );
    if (stretch === undefined) count(windowReport.skipped, "outside the stretches shown");
    else if (from + stretch.shift > now) count(windowReport.skipped, "would be of the future");
    else {
      count(windowReport.mapped, "alarm");
      const { metric } = plan.series[series];
      const clearedAt = to + stretch.shift;
      alarms.push({
        key: `${stretch.station.serial}|failure|${from}`,
        serial: stretch.station.serial,
        rule: "pattern",
        title: `${metric} pattern of a failure`,
        severity: 1,
        metric,
        value: null,
        lower: null,
        upper: null,
        at: from + stretch.shift,
        clearedAt: clearedAt > now ? null : clearedAt,
      });
    }
  }
  return alarms;
};

/** The stations' readings in records of a day, and the alarms these readings raised. */
export const makeTelemetry = (
  plan: Plan,
  sources: Sources,
  coverage: Coverage,
  now: number,
): { records: DemoRecordOf<"telemetry">[]; alarms: SourceAlarm[] } => {
  const stretches = plan.stations.map((station) => stretchOf(station, now));
  for (const series of ["machine", "ambient"] as const) {
    fill(
      stretches.filter((s) => s.station.series === series),
      sources[series],
      now,
    );
  }
  return {
    records: stretches.flatMap((stretch) => chunks(stretch, plan, coverage)),
    alarms: [
      ...stretches.flatMap((stretch) => crossings(stretch, plan)),
      ...knownFailures(stretches, sources, plan, now),
    ],
  };
};
