import { DateTime } from "luxon";
import type { Range } from "./series.ts";

/** An axis of values: where it begins and ends, and its marks. */
export interface ValueAxis {
  from: number;
  to: number;
  ticks: number[];
}

/** The axis of values: all that was read and both bounds, between round marks. */
export const valueAxis = (
  lowest: number,
  highest: number,
  low: number | null,
  high: number | null,
): ValueAxis => {
  const bottom = Math.min(lowest, low ?? lowest);
  const top = Math.max(highest, high ?? highest);
  const span = top - bottom || Math.abs(top) || 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.floor(bottom / step);
  const last = Math.max(first + 1, Math.ceil(top / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  return { from: ticks[0] ?? bottom, to: ticks.at(-1) ?? top, ticks };
};

const every: Record<Range, { hours: number }> = {
  "24h": { hours: 4 },
  "7d": { hours: 24 },
  "30d": { hours: 24 * 5 },
};

/** Marks on the axis of time at round hours or days of the reader's own zone. */
export const ticksOf = (from: number, to: number, range: Range, zone = "local"): number[] => {
  const { hours } = every[range];
  const ticks: number[] = [];
  let at = DateTime.fromMillis(from, { zone }).startOf("day");
  while (at.toMillis() <= to) {
    if (at.toMillis() >= from) ticks.push(at.toMillis());
    at = hours < 24 ? at.plus({ hours }) : at.plus({ days: hours / 24 });
  }
  return ticks;
};
