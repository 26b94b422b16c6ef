import type { TFunction } from "i18next";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its two largest units: "2h 14m", "3d", "under 1m". */
export const formatDuration = (ms: number, t: TFunction<"common">): string => {
  const abs = Math.abs(ms);
  const d = Math.floor(abs / DAY);
  const h = Math.floor((abs % DAY) / HOUR);
  const m = Math.floor((abs % HOUR) / MINUTE);
  if (d >= 3 || (d > 0 && h === 0)) return t("duration.days", { d });
  if (d > 0) return t("duration.daysHours", { d, h });
  if (h > 0) return m > 0 ? t("duration.hoursMinutes", { h, m }) : t("duration.hours", { h });
  return m > 0 ? t("duration.minutes", { m }) : t("duration.now");
};

/** The locale dates and figures are written in. */
export const localeOf = (language: string): string => (language === "th" ? "th-TH" : "en-GB");

/** An instant in full, with its zone: what stands behind every relative time. */
export const formatExact = (at: string | number, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(new Date(at));

/** An instant near today, short enough for a cell: "20 Nov, 14:05". */
export const formatMoment = (at: string | number, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at));

/** A day: "1 Aug 2026". */
export const formatDay = (at: string | number, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    day: "numeric",
    month: "short",
    year: "numeric",
  }).format(new Date(at));

/** A day near today: "Fri 20". */
export const formatShortDay = (at: string | number, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { weekday: "short", day: "numeric" }).format(
    new Date(at),
  );

/** A time of day: "14:05". */
export const formatClock = (at: string | number, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { hour: "2-digit", minute: "2-digit" }).format(
    new Date(at),
  );

/** A figure with its thousands apart. */
export const formatNumber = (value: number, language: string): string =>
  new Intl.NumberFormat(localeOf(language)).format(value);

/** How long ago, or until: "3 hours ago", "in 2 days". */
export const formatRelative = (
  at: string | number,
  now: number,
  language: string,
  t: TFunction<"common">,
): string => {
  const diff = new Date(at).getTime() - now;
  const abs = Math.abs(diff);
  if (abs < MINUTE) return t("time.now");
  const words = new Intl.RelativeTimeFormat(localeOf(language), { numeric: "auto" });
  const whole = (unit: number) => Math.trunc(diff / unit);
  if (abs < HOUR) return words.format(whole(MINUTE), "minute");
  if (abs < DAY) return words.format(whole(HOUR), "hour");
  if (abs < 60 * DAY) return words.format(whole(DAY), "day");
  return words.format(whole(30 * DAY), "month");
};
