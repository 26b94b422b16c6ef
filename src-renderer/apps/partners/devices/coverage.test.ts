import { describe, expect, it } from "vitest";
import type { Agreement } from "#shared/domain/agreement/agreement.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";
import { agreementInForce, coverageEnd, telemetryGranted } from "./coverage.ts";

const now = Date.parse("2026-07-14T03:00:00.000Z");
const device = { id: "d1", region: "Southern Thailand", siteName: "Plant" };
const agreement = (more: Partial<Agreement>) =>
  ({
    status: "active",
    startsAt: "2026-01-01T00:00:00.000Z",
    endsAt: "2027-01-01T00:00:00.000Z",
    ...more,
  }) as Agreement;
const grant = (more: Partial<Grant>) =>
  ({
    status: "active",
    regions: [],
    deviceIds: [],
    telemetry: true,
    until: "2027-01-01T00:00:00.000Z",
    ...more,
  }) as Grant;

describe("[PAR-3] how coverage stands towards its end", () => {
  it("warns below 60 days, not at 60", () => {
    expect(coverageEnd("2026-09-11T03:00:00.000Z", now)).toEqual({ state: "soon", days: 59 });
    expect(coverageEnd("2026-09-12T03:00:00.000Z", now)).toEqual({ state: "lasting", days: 60 });
    expect(coverageEnd("2026-07-14T02:59:59.000Z", now)).toEqual({ state: "ended", days: 0 });
  });

  it("takes the agreement in force, not one that begins later or was terminated", () => {
    const current = agreement({ number: "A" });
    const later = agreement({
      number: "B",
      startsAt: current.endsAt,
      endsAt: "2028-01-01T00:00:00.000Z",
    });
    const dead = agreement({
      number: "C",
      status: "terminated",
      endsAt: "2029-01-01T00:00:00.000Z",
    });
    expect(agreementInForce([later, dead, current], now)?.number).toBe("A");
    expect(agreementInForce([], now)).toBeNull();
  });
});

describe("[PAR-1] telemetry is read only as far as the customer granted it", () => {
  it("takes a grant in force that reaches the device", () => {
    expect(telemetryGranted([grant({})], device, now)).toBe(true);
    expect(telemetryGranted([grant({ regions: ["Southern Thailand"] })], device, now)).toBe(true);
  });

  it("refuses without telemetry, elsewhere, withdrawn or past its end", () => {
    const refused = [
      grant({ telemetry: false }),
      grant({ regions: ["Northern Thailand"] }),
      grant({ deviceIds: ["d2"] }),
      grant({ status: "withdrawn" }),
      grant({ until: "2026-07-14T03:00:00.000Z" }),
    ];
    for (const one of refused) expect(telemetryGranted([one], device, now)).toBe(false);
  });
});
