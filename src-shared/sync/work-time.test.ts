import fc from "fast-check";
import { expect, test } from "vitest";
import { sentSkewOf, timeOfWork } from "./work-time.ts";

const now = "2026-06-15T12:00:00.000Z";
const work = { deviceTime: "2026-06-15T09:00:00Z", skew: null, sentSkew: null, floor: null, now };

test("[S3] work is dated by the device's clock, put right by what it was off", () => {
  expect(timeOfWork(work)).toBe("2026-06-15T09:00:00.000Z");
  expect(timeOfWork({ ...work, sentSkew: 60_000 })).toBe("2026-06-15T09:01:00.000Z");
  expect(timeOfWork({ ...work, skew: -60_000, sentSkew: 60_000 })).toBe("2026-06-15T08:59:00.000Z");
  expect(sentSkewOf("2026-06-15T11:59:00.000Z", now)).toBe(60_000);
  expect(sentSkewOf(null, now)).toBeNull();
});

test("[S3] a clock that is years off is put right all the same", () => {
  const years = Date.parse(now) - Date.parse("1970-01-01T03:00:00.000Z");
  const dead = { ...work, deviceTime: "1970-01-01T00:00:00.000Z", skew: years };
  expect(timeOfWork(dead)).toBe("2026-06-15T09:00:00.000Z");
});

test("[S3] whatever a device says of its clock, work is dated between the floor and now", () => {
  const floor = "2026-06-01T00:00:00.000Z";
  const skews = fc.option(
    fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
  );
  const times = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  fc.assert(
    fc.property(
      times,
      skews,
      skews,
      fc.option(fc.constant(floor)),
      (deviceTime, skew, sentSkew, from) => {
        const at = timeOfWork({ deviceTime, skew, sentSkew, floor: from, now });
        expect(at >= (from ?? "1970-01-01T00:00:00.000Z") && at <= now).toBe(true);
      },
    ),
  );
});
