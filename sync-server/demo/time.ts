/** One minute, hour, day and week in ms. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** Thailand keeps UTC+7 all year, so its wall clock is plain arithmetic. */
const BANGKOK = 7 * HOUR;

/** An instant as the records write it. */
export const iso = (ms: number): string => new Date(ms).toISOString();

/** Midnight in Bangkok at or before `ms`. */
export const bangkokMidnight = (ms: number): number =>
  Math.floor((ms + BANGKOK) / DAY) * DAY - BANGKOK;

/** The day of the week in Bangkok: 1 Monday to 7 Sunday. */
export const bangkokWeekday = (ms: number): number => new Date(ms + BANGKOK).getUTCDay() || 7;

/** The first 1 August, midnight in Bangkok, after `ms`. */
export const nextFirstOfAugust = (ms: number): number => {
  const year = new Date(ms + BANGKOK).getUTCFullYear();
  const thisYear = Date.UTC(year, 7, 1) - BANGKOK;
  return thisYear > ms ? thisYear : Date.UTC(year + 1, 7, 1) - BANGKOK;
};

const american = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4}) (\d{1,2}):(\d{2})$/;
const plain = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;

/**
 * A source's wall-clock time in ms, or null where it is none: "4/6/16 14:00" or
 * "2010-06-22 14:12:00". The sources name no zone; it is read as Bangkok's, where the demo puts the
 * machines, so that work done in the afternoon stays work of the afternoon.
 */
export const parseTime = (text: string): number | null => {
  const us = american.exec(text);
  const parts = us
    ? [us[3], us[1], us[2], us[4], us[5], "0"]
    : (plain.exec(text)?.slice(1, 7) ?? []);
  if (parts.length === 0) return null;
  const [y = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((p) =>
    Number(p ?? 0),
  );
  const year = y < 100 ? 2000 + y : y;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(utc);
  // Date.UTC rolls 31 February over into March: a date that comes back different was none.
  const same = back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
  return same && hour < 24 && minute < 60 && second < 60 ? utc - BANGKOK : null;
};

/**
 * A duration in minutes, or null where it is none. "3:00" is hours and minutes; "40:00:00", which a
 * spreadsheet writes once hours pass 24, is hours, minutes and seconds.
 */
export const parseDuration = (text: string): number | null => {
  const match = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
};

/** The largest shift by whole `step`s that brings `newest` to `target` or before it. */
export const shiftTo = (newest: number, target: number, step: number): number =>
  Math.floor((target - newest) / step) * step;
