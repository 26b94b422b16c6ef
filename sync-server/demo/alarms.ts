import type { Alarm } from "#shared/domain/alarm/alarm.ts";
import { refOf } from "#shared/domain/common.ts";
import type { Coverage } from "./coverage.ts";
import type { SourceAlarm } from "./source-alarms.ts";
import { DAY, HOUR, iso, MINUTE, shiftTo } from "./time.ts";
import { type DemoRecordOf, demoId } from "./world.ts";

/** The id of the alarm made from a row of a source. */
export const alarmId = (alarm: SourceAlarm): string => demoId(`alarm:${alarm.key}`);

const record = (
  alarm: SourceAlarm,
  coverage: Coverage,
  state: Pick<Alarm, "status" | "raisedAt"> & Partial<Alarm>,
): DemoRecordOf<"alarm"> => {
  const id = alarmId(alarm);
  const { rule, title, severity, metric, value, lower, upper } = alarm;
  const unanswered = { clearedAt: null, acknowledgedAt: null, acknowledgedBy: null, comment: null };
  const what = { rule, title, severity, metric, value, lower, upper };
  const place = coverage.place(alarm.serial);
  const data = { ...place, id, ref: refOf("A", id), ...what, ...unanswered, ...state };
  return { kind: "alarm", id, data };
};

/** How long ago the standing alarms were raised, in minutes, the newest first. */
const ages = [
  6, 18, 35, 52, 80, 120, 170, 230, 300, 420, 560, 700, 900, 1200, 1500, 1900, 2400, 3000,
];

/** Which alarms stand today. All others are history. */
export interface Standing {
  active: SourceAlarm[];
  /** Acknowledged with a ticket raised: one for a machine, by serial. */
  answered: Map<string, SourceAlarm>;
}

const newestFirst = (a: SourceAlarm, b: SourceAlarm) =>
  b.at - a.at || a.key.localeCompare(b.key, "en");

/**
 * The alerts end months before the work orders and the anomalies years before, and all of them have
 * cleared. So the newest of each rule of a machine stands again: the newest of them active, the
 * second answered with a ticket, a third active too. Of the anomalies, which are one machine's, the
 * newest of two figures.
 */
export const pickStanding = (alerts: SourceAlarm[], anomalies: SourceAlarm[]): Standing => {
  const active: SourceAlarm[] = [];
  const answered = new Map<string, SourceAlarm>();
  const seen = new Set<string>();
  const ranks = new Map<string, number>();
  for (const alarm of alerts.toSorted(newestFirst)) {
    const kind = `${alarm.serial}|${alarm.rule}`;
    if (seen.has(kind)) continue;
    seen.add(kind);
    const rank = ranks.get(alarm.serial) ?? 0;
    ranks.set(alarm.serial, rank + 1);
    if (rank === 1) answered.set(alarm.serial, alarm);
    else if (rank < 3) active.push(alarm);
  }
  const kpis = new Map<string, SourceAlarm>();
  for (const alarm of anomalies.toSorted(newestFirst)) {
    if (!kpis.has(alarm.rule) && kpis.size < 2) kpis.set(alarm.rule, alarm);
  }
  // Interleaved by machine, so that the newest alarms are not all one customer's.
  const mixed = active.map((alarm, i) => ({ alarm, order: (i * 7) % active.length }));
  mixed.sort((a, b) => a.order - b.order);
  return { active: [...mixed.map(({ alarm }) => alarm), ...kpis.values()], answered };
};

/** The alarms that stand, laid out over the last two days. */
export const standingAlarms = (
  { active, answered }: Standing,
  ticketOpened: (serial: string) => number | null,
  coverage: Coverage,
  now: number,
): DemoRecordOf<"alarm">[] => [
  ...active.map((alarm, i) => {
    const age = (ages[i % ages.length] ?? 60) + Math.floor(i / ages.length) * 24 * 60;
    const raisedAt = iso(Math.floor(now / MINUTE) * MINUTE - age * MINUTE);
    return record(alarm, coverage, { status: "active", raisedAt });
  }),
  ...[...answered.values()].map((alarm) => {
    const opened = ticketOpened(alarm.serial) ?? now - HOUR;
    const partner = coverage.partnerAt(alarm.serial, now);
    const seen = partner !== null && coverage.granted(alarm.serial, partner);
    const coordinator = seen ? coverage.coordinator(partner) : null;
    return record(alarm, coverage, {
      status: "acknowledged",
      raisedAt: iso(opened - 12 * MINUTE),
      acknowledgedAt: iso(opened - 3 * MINUTE),
      acknowledgedBy: coordinator?.name ?? "RiverSync",
      comment: "Ticket raised.",
    });
  }),
];

/** The alarms of the past of one source, moved by whole days so that the hour of day stays. */
export const pastAlarms = (
  alarms: readonly SourceAlarm[],
  { active, answered }: Standing,
  coverage: Coverage,
  now: number,
): DemoRecordOf<"alarm">[] => {
  const standing = new Set([...active, ...answered.values()].map((alarm) => alarm.key));
  const past = alarms.filter((alarm) => !standing.has(alarm.key));
  const newest = Math.max(...past.map((alarm) => alarm.clearedAt ?? alarm.at));
  const shift = shiftTo(newest, now - HOUR, DAY);
  return past.map((alarm) =>
    record(alarm, coverage, {
      status: "cleared",
      raisedAt: iso(alarm.at + shift),
      clearedAt: iso((alarm.clearedAt ?? alarm.at) + shift),
    }),
  );
};

/** An alarm a station raised on the readings it shows; its times are already of today. */
export const stationAlarm = (alarm: SourceAlarm, coverage: Coverage): DemoRecordOf<"alarm"> =>
  record(alarm, coverage, {
    status: alarm.clearedAt === null ? "active" : "cleared",
    raisedAt: iso(alarm.at),
    clearedAt: alarm.clearedAt === null ? null : iso(alarm.clearedAt),
  });
