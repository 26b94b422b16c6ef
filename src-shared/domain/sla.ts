import { DateTime } from "luxon";
import type { Priority, SlaTier } from "./common.ts";

/** When a clock runs: always, or in the opening hours of a place. */
export type Calendar =
  | { kind: "always" }
  | { kind: "business"; zone: string; opens: number; closes: number; weekdays: readonly number[] };

/** What an agreement tier promises, in minutes of its calendar, by priority 1 to 4. */
export interface SlaTarget {
  calendar: Calendar;
  response: Record<Priority, number>;
  resolution: Record<Priority, number>;
}

const always: Calendar = { kind: "always" };
const office: Calendar = {
  kind: "business",
  zone: "Asia/Bangkok",
  opens: 8 * 60 + 30,
  closes: 17 * 60 + 30,
  weekdays: [1, 2, 3, 4, 5],
};

const hours = (p1: number, p2: number, p3: number, p4: number): Record<Priority, number> => ({
  1: p1 * 60,
  2: p2 * 60,
  3: p3 * 60,
  4: p4 * 60,
});

/** The targets of each agreement tier: the one place that says what an SLA means (PAR-2). */
export const slaTargets: Record<SlaTier, SlaTarget> = {
  essential: {
    calendar: office,
    response: hours(8, 9, 18, 27),
    resolution: hours(27, 45, 90, 180),
  },
  standard: { calendar: office, response: hours(4, 8, 9, 18), resolution: hours(18, 27, 45, 90) },
  premium: { calendar: always, response: hours(2, 4, 8, 24), resolution: hours(12, 24, 72, 168) },
  critical: { calendar: always, response: hours(0.5, 1, 4, 8), resolution: hours(4, 8, 24, 72) },
};

/** The hours in which a business calendar runs in one year: from when to when, in ms. */
type Hours = { opens: number; closes: number }[];

const years = new Map<string, Hours>();

/** Worked out once for each year and calendar: a zone's arithmetic is too slow to do for each record. */
const hoursOf = (calendar: Calendar & { kind: "business" }, year: number): Hours => {
  const key = `${year} ${calendar.zone} ${calendar.opens} ${calendar.closes} ${calendar.weekdays}`;
  const known = years.get(key);
  if (known !== undefined) return known;
  const made: Hours = [];
  let day = DateTime.fromObject({ year }, { zone: calendar.zone });
  for (; day.year === year; day = day.plus({ days: 1 })) {
    if (!calendar.weekdays.includes(day.weekday)) continue;
    made.push({
      opens: day.plus({ minutes: calendar.opens }).toMillis(),
      closes: day.plus({ minutes: calendar.closes }).toMillis(),
    });
  }
  years.set(key, made);
  return made;
};

/** The first stretch of hours that has not ended by `at`. */
const firstOpen = (hours: Hours, at: number): number => {
  let [low, high] = [0, hours.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hours[middle]?.closes ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The instant `minutes` of `calendar` after `from`, in ms since the epoch. */
export const addCalendarMinutes = (from: number, minutes: number, calendar: Calendar): number => {
  // Nothing added is the same instant, also where the hours have just closed.
  if (minutes === 0) return from;
  if (calendar.kind === "always") return from + minutes * 60_000;
  let left = minutes * 60_000;
  // A zone ahead of UTC is in its new year while UTC is in the old one, and the other way round.
  for (let year = new Date(from).getUTCFullYear() - 1; ; year += 1) {
    const hours = hoursOf(calendar, year);
    for (let i = firstOpen(hours, from); i < hours.length; i += 1) {
      const { opens, closes } = hours[i] as Hours[number];
      const start = Math.max(from, opens);
      if (left <= closes - start) return start + left;
      left -= closes - start;
    }
  }
};

/** By when a piece of work of this tier and priority, begun at `from` (ISO), owes `promise`; ms. */
export const slaDue = (
  promise: "response" | "resolution",
  tier: SlaTier,
  priority: Priority,
  from: string,
): number => {
  const target = slaTargets[tier];
  return addCalendarMinutes(Date.parse(from), target[promise][priority], target.calendar);
};
