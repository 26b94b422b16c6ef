import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layDay } from "./day-line.ts";

const zone = "Asia/Bangkok";
const at = (hour: string) => `2026-07-14T${hour}:00.000+07:00`;
const now = Date.parse(at("10:20"));

describe("[PAR-2] today's visits on a line", () => {
  it("shows working hours when nothing is earlier or later", () => {
    const line = layDay([{ id: "a", start: at("09:00"), end: at("11:00") }], now, zone);
    expect([line.from, line.to]).toEqual([Date.parse(at("07:00")), Date.parse(at("19:00"))]);
    expect(line.laid[0]?.left).toBeCloseTo(2 / 12);
    expect(line.laid[0]?.width).toBeCloseTo(2 / 12);
  });

  it("widens for a visit at dawn, and puts visits that overlap beneath each other", () => {
    const line = layDay(
      [
        { id: "late", start: at("10:00"), end: at("12:00") },
        { id: "dawn", start: at("05:30"), end: at("10:30") },
        { id: "after", start: at("10:30"), end: at("11:00") },
      ],
      now,
      zone,
    );
    expect(line.from).toBe(Date.parse(at("05:00")));
    expect(line.laid.map((v) => [v.id, v.lane])).toEqual([
      ["dawn", 0],
      ["late", 1],
      ["after", 0],
    ]);
    expect(line.lanes).toBe(2);
  });

  it("never lets two visits of one lane overlap, nor any leave the line", () => {
    const minute = fc.integer({ min: -200, max: 1600 });
    const midnight = Date.parse(at("00:00"));
    const iso = (m: number) => new Date(midnight + m * 60_000).toISOString();
    fc.assert(
      fc.property(fc.array(fc.tuple(minute, fc.integer({ min: 0, max: 600 }))), (spans) => {
        const { laid } = layDay(
          spans.map(([m, length], i) => ({ id: `${i}`, start: iso(m), end: iso(m + length) })),
          now,
          zone,
        );
        for (const a of laid) {
          expect(a.left).toBeGreaterThanOrEqual(0);
          expect(a.left + a.width).toBeLessThanOrEqual(1 + 1e-9);
          for (const b of laid) {
            if (a === b || a.lane !== b.lane) continue;
            expect(a.left + a.width <= b.left + 1e-9 || b.left + b.width <= a.left + 1e-9).toBe(
              true,
            );
          }
        }
      }),
    );
  });
});
