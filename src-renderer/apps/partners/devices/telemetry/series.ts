import type { DataOf } from "#shared/domain/registry.ts";
import { downsample, type LinePoint, type Reading, silenceOf, withGaps } from "./downsample.ts";

const hour = 3_600_000;

/** The spans a chart can show, in ms. */
export const ranges = { "24h": 24 * hour, "7d": 7 * 24 * hour, "30d": 30 * 24 * hour } as const;
export type Range = keyof typeof ranges;

/** All readings of one metric of a device, sorted, each instant once. */
export interface Series {
  metric: string;
  unit: string;
  readings: Reading[];
}

/** Joins stretches of telemetry into one series for each metric, in the order of their names. */
export const seriesOf = (
  stretches: readonly Pick<DataOf<"telemetry">, "metric" | "unit" | "readings">[],
): Series[] => {
  const byMetric = new Map<string, { unit: string; at: Map<number, number> }>();
  for (const { metric, unit, readings } of stretches) {
    const series = byMetric.get(metric) ?? { unit, at: new Map<number, number>() };
    for (const [at, value] of readings) series.at.set(at, value);
    byMetric.set(metric, series);
  }
  return [...byMetric]
    .map(([metric, { unit, at }]) => ({
      metric,
      unit,
      readings: [...at].sort((a, b) => a[0] - b[0]),
    }))
    .sort((a, b) => a.metric.localeCompare(b.metric));
};

/** What a chart shows of a series. */
export interface Picture {
  points: LinePoint[];
  from: number;
  to: number;
  latest: Reading;
  lowest: number;
  highest: number;
}

const buckets = 300;

/** The last `range` of a series, up to its last reading, thinned to what a chart can show; null without readings. */
export const pictureOf = (series: Series, range: Range): Picture | null => {
  const latest = series.readings.at(-1);
  if (latest === undefined) return null;
  const to = latest[0];
  const from = to - ranges[range];
  const within = series.readings.filter(([at]) => at >= from);
  const thin = downsample(within, buckets);
  const values = thin.map(([, value]) => value);
  return {
    points: withGaps(thin, silenceOf(within, thin)),
    from,
    to,
    latest,
    lowest: Math.min(...values),
    highest: Math.max(...values),
  };
};
