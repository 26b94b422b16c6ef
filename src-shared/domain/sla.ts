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

/** The instant `minutes` of `calendar` after `from`, in ms since the epoch. */
export const addCalendarMinutes = (from: number, minutes: number, calendar: Calendar): number => {
  if (calendar.kind === "always") return from + minutes * 60_000;
  let left = minutes;
  let at = DateTime.fromMillis(from, { zone: calendar.zone });
  for (;;) {
    const opens = at.startOf("day").plus({ minutes: calendar.opens });
    const closes = at.startOf("day").plus({ minutes: calendar.closes });
    if (calendar.weekdays.includes(at.weekday) && at < closes) {
      const start = DateTime.max(at, opens);
      const room = closes.diff(start, "minutes").minutes;
      if (left <= room) return start.plus({ minutes: left }).toMillis();
      left -= room;
    }
    at = at.startOf("day").plus({ days: 1 });
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
