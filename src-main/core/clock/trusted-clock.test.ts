import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TrustedClock } from "./trusted-clock.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-06-15T03:00:00.000Z");
const iso = (ms: number) => new Date(ms).toISOString();

const machine = () => {
  const at = { wall: START, monotonic: 0 };
  return {
    at,
    clocks: { wall: () => at.wall, monotonic: () => at.monotonic },
    pass: (ms: number) => {
      at.wall += ms;
      at.monotonic += ms;
    },
  };
};

describe("[S11] the clock that cannot be turned back", () => {
  test("runs on with the monotonic clock though the device's is set back", () => {
    const { at, clocks, pass } = machine();
    const clock = new TrustedClock(clocks, null);
    clock.heard(iso(START));
    pass(HOUR);
    at.wall -= 30 * 24 * HOUR;
    expect(clock.now()).toBe(START + HOUR);
    pass(HOUR);
    expect(clock.now()).toBe(START + 2 * HOUR);
    expect(clock.skew()).toBe(30 * 24 * HOUR);
  });

  test("goes on after a restart from the latest time it told, whatever the device says", () => {
    const { at, clocks, pass } = machine();
    const first = new TrustedClock(clocks, null);
    first.heard(iso(START));
    pass(5 * HOUR);
    const mark = first.mark();
    at.wall = START - 100 * HOUR;
    at.monotonic = 0;
    expect(new TrustedClock(clocks, mark).now()).toBe(START + 5 * HOUR);
  });

  test("counts the time a device slept, which the monotonic clock does not", () => {
    const { at, clocks } = machine();
    const clock = new TrustedClock(clocks, null);
    clock.heard(iso(START - 7 * 60_000));
    at.wall += 8 * HOUR;
    expect(clock.now()).toBe(START + 8 * HOUR - 7 * 60_000);
  });

  test("takes the server's word back again after the device's clock ran ahead by mistake", () => {
    const { at, clocks } = machine();
    const clock = new TrustedClock(clocks, null);
    clock.heard(iso(START));
    at.wall += 1000 * HOUR;
    expect(clock.now()).toBe(START + 1000 * HOUR);
    clock.heard(iso(START + HOUR));
    expect(clock.now()).toBe(START + HOUR);
    expect(clock.skew()).toBe(HOUR - 1000 * HOUR);
  });

  test("never goes back between two words of the server, over any settings and restarts", () => {
    const step = fc.oneof(
      fc.record({ pass: fc.nat(HOUR) }),
      fc.record({ set: fc.integer({ min: -1e12, max: 1e12 }) }),
      fc.constant({ restart: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { at, clocks, pass } = machine();
        let clock = new TrustedClock(clocks, null);
        clock.heard(iso(START));
        let last = clock.now();
        for (const s of steps) {
          if ("pass" in s) pass(s.pass);
          else if ("set" in s) at.wall = START + s.set;
          else {
            const mark = clock.mark();
            at.monotonic = 0;
            clock = new TrustedClock(clocks, mark);
          }
          expect(clock.now()).toBeGreaterThanOrEqual(last);
          last = clock.now();
        }
      }),
    );
  });

  test("says nothing of skew before the first contact", () => {
    expect(new TrustedClock(machine().clocks, null).skew()).toBeNull();
  });
});
