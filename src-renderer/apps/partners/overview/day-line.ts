import { DateTime } from "luxon";

/** What a day's line needs to know of a visit. */
export interface DayVisit {
  id: string;
  start: string;
  end: string;
}

/** A visit laid on the line: fractions of its width, and which lane. */
interface Laid {
  id: string;
  left: number;
  width: number;
  lane: number;
}

/** A day drawn from left to right. */
export interface DayLine {
  /** The hours that are marked, as instants. */
  hours: number[];
  from: number;
  to: number;
  lanes: number;
  laid: Laid[];
}

const least = 0.5 * 3_600_000;

/**
 * Lays visits on the line of the day `now` is in: working hours at least, wider where a visit is
 * earlier or later, visits that overlap in lanes beneath each other.
 */
export const layDay = (visits: readonly DayVisit[], now: number, zone = "local"): DayLine => {
  const day = DateTime.fromMillis(now, { zone }).startOf("day");
  const clamp = (ms: number) =>
    Math.min(day.plus({ days: 1 }).toMillis(), Math.max(day.toMillis(), ms));
  const dawn = day.toMillis();
  const night = day.plus({ days: 1 }).toMillis();
  const spans = visits
    .filter((visit) => Date.parse(visit.start) < night && Date.parse(visit.end) >= dawn)
    .map((visit) => {
      const start = clamp(Date.parse(visit.start));
      return { id: visit.id, start, end: clamp(Math.max(Date.parse(visit.end), start + least)) };
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const first = Math.min(day.set({ hour: 7 }).toMillis(), ...spans.map((span) => span.start));
  const last = Math.max(day.set({ hour: 19 }).toMillis(), ...spans.map((span) => span.end));
  const from = DateTime.fromMillis(first, { zone }).startOf("hour").toMillis();
  const end = DateTime.fromMillis(last, { zone });
  const to = (
    +end === +end.startOf("hour") ? end : end.startOf("hour").plus({ hours: 1 })
  ).toMillis();
  const ends: number[] = [];
  const laid = spans.map((span) => {
    const free = ends.findIndex((at) => at <= span.start);
    const lane = free >= 0 ? free : ends.length;
    ends[lane] = span.end;
    const width = to - from;
    return {
      id: span.id,
      left: (span.start - from) / width,
      width: (span.end - span.start) / width,
      lane,
    };
  });
  const hours = Array.from(
    { length: Math.round((to - from) / 3_600_000) + 1 },
    (_, i) => from + i * 3_600_000,
  );
  return { hours, from, to, lanes: Math.max(1, ends.length), laid };
};

/** A visit's span on the line: its window, or no more than its beginning where it has none. */
export const windowOf = (row: {
  id: string;
  begins: string;
  windowEnd: string | null;
}): DayVisit => ({ id: row.id, start: row.begins, end: row.windowEnd ?? row.begins });
