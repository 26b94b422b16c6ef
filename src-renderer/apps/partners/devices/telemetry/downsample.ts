/** One reading: when (ms since the epoch), and what. */
export type Reading = readonly [at: number, value: number];

/**
 * Thins sorted readings to at most two per bucket, the lowest and the highest, in their own order:
 * a picture of any span costs the same and no peak is lost in it.
 */
export const downsample = (readings: readonly Reading[], buckets: number): Reading[] => {
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined || readings.length <= buckets * 2) {
    return [...readings];
  }
  const width = (last[0] - first[0]) / buckets || 1;
  const out: Reading[] = [];
  let low = first;
  let high = first;
  let bucket = 0;
  const flush = () => {
    if (low === high) out.push(low);
    else if (low[0] <= high[0]) out.push(low, high);
    else out.push(high, low);
  };
  for (const reading of readings.slice(1)) {
    const own = Math.min(buckets - 1, Math.floor((reading[0] - first[0]) / width));
    if (own !== bucket) {
      flush();
      bucket = own;
      low = reading;
      high = reading;
    } else {
      if (reading[1] < low[1]) low = reading;
      if (reading[1] > high[1]) high = reading;
    }
  }
  flush();
  return out;
};

/** A point of a line; a null value breaks it. */
export interface LinePoint {
  at: number;
  value: number | null;
}

/** Breaks the line where the device was silent: longer than `silence` ms between two readings. */
export const withGaps = (readings: readonly Reading[], silence: number): LinePoint[] =>
  readings.flatMap(([at, value], i) => {
    const before = readings[i - 1];
    return before !== undefined && at - before[0] > silence
      ? [
          { at: before[0] + 1, value: null },
          { at, value },
        ]
      : [{ at, value }];
  });

/** How long a silence is longer than the device's own rhythm: some times its usual interval. */
export const silenceOf = (readings: readonly Reading[], thinned: readonly Reading[]): number => {
  const gaps = readings
    .slice(1)
    .map(([at], i) => at - (readings[i]?.[0] ?? at))
    .sort((a, b) => a - b);
  const usual = gaps[Math.floor(gaps.length / 2)] ?? 0;
  const first = thinned[0];
  const last = thinned.at(-1);
  const span = first && last ? last[0] - first[0] : 0;
  return Math.max(usual * 6, (span / Math.max(1, thinned.length)) * 8);
};
