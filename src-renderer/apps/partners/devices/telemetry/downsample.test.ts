import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { downsample, type Reading, silenceOf, withGaps } from "./downsample.ts";

const series = fc
  .array(
    fc.tuple(fc.integer({ min: 1, max: 90_000 }), fc.double({ min: -500, max: 500, noNaN: true })),
    { minLength: 1, maxLength: 3000 },
  )
  .map((steps) => {
    let at = 1_700_000_000_000;
    return steps.map(([step, value]): Reading => {
      at += step;
      return [at, value];
    });
  });

describe("[PAR-1] a telemetry line is thinned without losing what matters", () => {
  it("keeps the lowest and the highest reading, in order, only readings that were made", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 300 }), (readings, buckets) => {
        const thin = downsample(readings, buckets);
        const values = (of: readonly Reading[]) => of.map(([, value]) => value);
        expect(Math.max(...values(thin))).toBe(Math.max(...values(readings)));
        expect(Math.min(...values(thin))).toBe(Math.min(...values(readings)));
        expect(thin.length).toBeLessThanOrEqual(buckets * 2);
        const made = new Set(readings.map(([at]) => at));
        expect(thin.every(([at]) => made.has(at))).toBe(true);
        expect(thin.every(([at], i) => i === 0 || at > (thin[i - 1]?.[0] ?? 0))).toBe(true);
      }),
    );
  });

  it("gives back nothing of nothing, and all of little", () => {
    expect(downsample([], 300)).toEqual([]);
    expect(downsample([[1, 2]], 300)).toEqual([[1, 2]]);
  });

  it("breaks the line where the device was silent", () => {
    const readings: Reading[] = [0, 60, 120, 180, 5000, 5060].map((s) => [s * 1000, 1]);
    const points = withGaps(readings, silenceOf(readings.slice(0, 4), readings.slice(0, 4)));
    expect(points.filter((point) => point.value === null)).toEqual([{ at: 180_001, value: null }]);
  });
});
