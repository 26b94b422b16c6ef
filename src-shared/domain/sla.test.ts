import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slaTiers } from "./common.ts";
import { addCalendarMinutes, slaDue, slaTargets } from "./sla.ts";

const iso = (ms: number) => new Date(ms).toISOString();

describe("[PAR-2] SLA clocks", () => {
  test("a critical fault is due by the wall clock, nights and weekends included", () => {
    expect(iso(slaDue("response", "critical", 1, "2026-11-21T20:00:00.000Z"))).toBe(
      "2026-11-21T20:30:00.000Z",
    );
  });

  test("an essential fault on Friday evening is due after Monday's opening hours in Bangkok", () => {
    // Friday 17:00 in Bangkok: half an hour of the day is left, eight and a half remain for Monday.
    expect(iso(slaDue("response", "essential", 2, "2026-11-20T10:00:00.000Z"))).toBe(
      "2026-11-23T10:00:00.000Z",
    );
  });

  test("a fault before opening counts from the opening", () => {
    expect(iso(slaDue("response", "standard", 1, "2026-11-22T23:00:00.000Z"))).toBe(
      "2026-11-23T05:30:00.000Z",
    );
  });

  test("a higher tier and a higher priority are never due later", () => {
    const from = fc
      .date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true })
      .map((d) => d.toISOString());
    fc.assert(
      fc.property(from, fc.constantFrom("response", "resolution"), (at, promise) => {
        for (const tier of slaTiers) {
          const dues = ([1, 2, 3, 4] as const).map((p) => slaDue(promise, tier, p, at));
          expect(dues).toEqual([...dues].sort((a, b) => a - b));
        }
        const byTier = slaTiers.map((tier) => slaDue(promise, tier, 1, at));
        expect(byTier).toEqual([...byTier].sort((a, b) => b - a));
      }),
      { numRuns: 50 },
    );
  });

  test("calendar minutes add up, wherever they are cut", () => {
    const calendar = slaTargets.essential.calendar;
    const start = Date.parse("2026-11-20T07:13:00.000Z");
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), (a, b) => {
        const once = addCalendarMinutes(start, a + b, calendar);
        const twice = addCalendarMinutes(addCalendarMinutes(start, a, calendar), b, calendar);
        expect(twice).toBe(once);
      }),
      { numRuns: 50 },
    );
  });
});
