import type { Alarm } from "#shared/domain/alarm/alarm.ts";

/** Where a value stands towards its bounds, as fractions of a scale from left to right. */
export interface AlarmPicture {
  value: number;
  lower: number | null;
  upper: number | null;
  /** How far outside: in the metric's unit, and of which bound. Null where it is inside. */
  outside: { by: number; of: "upper" | "lower" } | null;
}

/** The picture of an alarm's value against its bounds; null where there is none to draw. */
export const pictureOf = (alarm: Pick<Alarm, "value" | "lower" | "upper">): AlarmPicture | null => {
  const { value, lower, upper } = alarm;
  if (value === null || (lower === null && upper === null)) return null;
  const marks = [value, lower, upper].filter((mark) => mark !== null);
  const low = Math.min(...marks);
  const high = Math.max(...marks);
  const reach = high - low || Math.abs(high) || 1;
  // One open side needs room of its own, or the bound would stand at the very edge.
  const from = low - reach * (lower === null ? 0.6 : 0.2);
  const to = high + reach * (upper === null ? 0.6 : 0.2);
  const on = (mark: number) => (mark - from) / (to - from);
  const outside =
    upper !== null && value > upper
      ? { by: value - upper, of: "upper" as const }
      : lower !== null && value < lower
        ? { by: lower - value, of: "lower" as const }
        : null;
  return {
    value: on(value),
    lower: lower === null ? null : on(lower),
    upper: upper === null ? null : on(upper),
    outside,
  };
};
