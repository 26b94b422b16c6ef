import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roleOf, viewerOf } from "../testing/viewers.ts";
import { coverageOf, type DeviceFacts, readsKind } from "./visibility.ts";

const at = "2026-06-15T00:00:00.000Z";
const device = { id: "d1", customerId: "c1", region: "North", siteName: "Plant" };
const agreement = {
  startsAt: "2026-01-01T00:00:00.000Z",
  endsAt: "2027-01-01T00:00:00.000Z",
  status: "active" as const,
};
const grant = {
  regions: [],
  deviceIds: [],
  telemetry: true,
  until: "2026-12-01T00:00:00.000Z",
  status: "active" as const,
};
const facts = (over: Partial<DeviceFacts> = {}): DeviceFacts => ({
  device,
  agreements: [agreement],
  grants: [grant],
  ownVisit: false,
  ...over,
});
const coordinator = viewerOf("coordinator");

describe("[PAR-1] coverage", () => {
  test("takes an agreement and a grant, and lasts until the first of them ends [S11]", () => {
    expect(coverageOf(coordinator, facts(), at)).toEqual({
      covered: true,
      until: grant.until,
      telemetryUntil: "2026-12-01T00:00:00.000Z",
    });
  });

  test("of telemetry lasts as long as a grant of telemetry, whatever others say [S8] [S11]", () => {
    const short = { ...grant, until: "2026-08-01T00:00:00.000Z" };
    const long = { ...grant, telemetry: false };
    expect(coverageOf(coordinator, facts({ grants: [short, long] }), at)).toEqual({
      covered: true,
      until: grant.until,
      telemetryUntil: short.until,
    });
  });

  test.each([
    ["no agreement", { agreements: [] }, "not-covered"],
    [
      "an agreement not yet begun",
      { agreements: [{ ...agreement, startsAt: "2026-07-01" }] },
      "not-covered",
    ],
    [
      "an agreement that ended this instant",
      { agreements: [{ ...agreement, endsAt: at }] },
      "not-covered",
    ],
    [
      "a terminated one",
      { agreements: [{ ...agreement, status: "terminated" as const }] },
      "not-covered",
    ],
    ["no grant", { grants: [] }, "not-granted"],
    ["a withdrawn grant", { grants: [{ ...grant, status: "withdrawn" as const }] }, "not-granted"],
    ["a grant of other regions", { grants: [{ ...grant, regions: ["South"] }] }, "not-granted"],
    ["a grant of other devices", { grants: [{ ...grant, deviceIds: ["d2"] }] }, "not-granted"],
  ] as [string, Partial<DeviceFacts>, string][])("%s refuses", (_name, over, code) => {
    expect(coverageOf(coordinator, facts(over), at)).toMatchObject({
      covered: false,
      failure: { code, layer: "cross-tenant" },
    });
  });
});

test("[FED-10] a scope override narrows and never widens, for any agreements, grants and visits", () => {
  const instant = fc
    .date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true })
    .map((d) => d.toISOString());
  const anyFacts = fc.record({
    device: fc.constant(device),
    agreements: fc.array(
      fc.record({
        startsAt: instant,
        endsAt: instant,
        status: fc.constantFrom("active" as const, "terminated" as const),
      }),
      { maxLength: 3 },
    ),
    grants: fc.array(
      fc.record({
        regions: fc.subarray(["North", "South"]),
        deviceIds: fc.subarray(["d1", "d2"]),
        telemetry: fc.boolean(),
        until: instant,
        status: fc.constantFrom("active" as const, "withdrawn" as const),
      }),
      { maxLength: 3 },
    ),
    ownVisit: fc.boolean(),
  });
  const narrowed = viewerOf(null, { role: roleOf("coordinator", { scope: "own-visits" }) });
  fc.assert(
    fc.property(anyFacts, instant, (given, now) => {
      const whole = coverageOf(coordinator, given, now);
      const narrow = coverageOf(narrowed, given, now);
      expect(narrow.covered).toBe(whole.covered && given.ownVisit);
      if (narrow.covered) expect(narrow).toEqual(whole);
    }),
  );
});

test("[AUTH-3] what a role does not read, of no device does it read it", () => {
  expect(readsKind(viewerOf("sales"), "ticket")).toBe(false);
  expect(readsKind(viewerOf("sales"), "device")).toBe(true);
  expect(readsKind(viewerOf("coordinator", { entitlements: ["portal"] }), "device")).toBe(false);
  expect(readsKind(viewerOf(null), "device")).toBe(false);
});
