import { describe, expect, it } from "vitest";
import { ticksOf, valueAxis } from "./axis.ts";
import type { Reading } from "./downsample.ts";
import { pictureOf, ranges, seriesOf } from "./series.ts";

const hour = 3_600_000;
const start = Date.parse("2026-07-01T00:00:00.000Z");
const readings = (from: number, count: number): [number, number][] =>
  Array.from({ length: count }, (_, i) => [start + (from + i) * hour, Math.sin(i) + i / 100]);

describe("[PAR-1] telemetry of a device", () => {
  it("joins stretches of a metric, each instant once, in order", () => {
    const [level, ...rest] = seriesOf([
      { metric: "level", unit: "m", readings: readings(24, 24) },
      { metric: "level", unit: "m", readings: readings(0, 30) },
      { metric: "battery", unit: "V", readings: readings(0, 2) },
    ]).toReversed();
    expect(rest.map(({ metric }) => metric)).toEqual(["battery"]);
    expect(level?.readings).toHaveLength(48);
    expect(level?.readings.every(([at], i, all) => i === 0 || at > (all[i - 1]?.[0] ?? 0))).toBe(
      true,
    );
  });

  it("pictures the last range up to the last reading, peaks kept", () => {
    const all = readings(0, 5000);
    all[4990] = [all[4990]?.[0] ?? 0, 999];
    const series = { metric: "level", unit: "m", readings: all as Reading[] };
    const picture = pictureOf(series, "30d");
    expect(picture?.to).toBe(all.at(-1)?.[0]);
    expect((picture?.to ?? 0) - (picture?.from ?? 0)).toBe(ranges["30d"]);
    expect(picture?.highest).toBe(999);
    expect(picture?.points.length).toBeLessThanOrEqual(720);
    expect(pictureOf({ ...series, readings: [] }, "24h")).toBeNull();
  });

  it("[PAR-2] has both bounds and all readings on an axis with round marks", () => {
    const axis = valueAxis(1.4, 3.6, 0.4, 4.2);
    expect(axis).toEqual({ from: 0, to: 5, ticks: [0, 1, 2, 3, 4, 5] });
    const flat = valueAxis(7, 7, null, null);
    expect(flat.from).toBeLessThanOrEqual(7);
    expect(flat.to).toBeGreaterThan(7 - 1e-9);
  });

  it("marks round hours and days of the reader's zone", () => {
    const to = Date.parse("2026-07-02T05:20:00.000+07:00");
    const ticks = ticksOf(to - ranges["24h"], to, "24h", "Asia/Bangkok");
    expect(ticks.map((at) => new Date(at + 7 * hour).getUTCHours())).toEqual([8, 12, 16, 20, 0, 4]);
  });
});
