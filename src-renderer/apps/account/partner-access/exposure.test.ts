import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Agreement } from "#shared/domain/agreement/agreement.ts";
import type { Device } from "#shared/domain/device/device.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";
import { differenceBetween, exposureOf, type Terms } from "./exposure.ts";
import { type Choice, choiceOf, nothingChosen, placesOf, siteKey } from "./reach.ts";

const at = "2026-07-14T03:00:00.000Z";
const regions = ["North", "South", "East"];
const sites = ["Weir", "Store", "Pump house"];

/** Each site stands in each region, with two devices. */
const devices = regions.flatMap((region) =>
  sites.flatMap((siteName) =>
    [1, 2].map((n) => ({ id: `${region}/${siteName}/${n}`, region, siteName }) as Device),
  ),
);
const agreement = (ids: readonly string[], over: Partial<Agreement> = {}) =>
  ({
    partnerId: "p",
    status: "active",
    startsAt: "2026-01-01T00:00:00.000Z",
    endsAt: "2027-01-01T00:00:00.000Z",
    deviceIds: ids,
    ...over,
  }) as Agreement;
const terms = (over: Partial<Terms> = {}): Terms => ({
  ...{ regions: [], sites: [], deviceIds: [], telemetry: true },
  until: "2027-06-01T00:00:00.000Z",
  ...over,
});
const grant = (over: Partial<Terms> = {}) =>
  ({ ...terms(over), partnerId: "p", status: "active" }) as Grant;
const idsOf = (list: readonly Device[]) => list.map(({ id }) => id);
const all = devices.map(({ id }) => id);

describe("what a grant would expose", () => {
  test("[PRT-3] the preview names devices by site and region, and those no agreement covers", () => {
    const covered = all.filter((id) => id.startsWith("North/Weir"));
    const seen = exposureOf(terms({ regions: ["North"] }), devices, [agreement(covered)], at);
    expect(seen.devices).toHaveLength(6);
    expect(seen.sites.map(({ siteName }) => siteName)).toEqual(["Pump house", "Store", "Weir"]);
    expect(idsOf(seen.uncovered)).toEqual(
      all.filter((id) => id.startsWith("North/") && !covered.includes(id)),
    );
  });

  test.each<[string, Partial<Agreement>]>([
    ["over", { endsAt: at }],
    ["to come", { startsAt: "2026-08-01T00:00:00.000Z" }],
    ["terminated", { status: "terminated" }],
  ])("[PAR-1] an agreement that is %s covers nothing", (_name, over) => {
    const seen = exposureOf(terms(), devices, [agreement(all, over)], at);
    expect(seen.uncovered).toHaveLength(devices.length);
  });

  const part = (of: readonly string[]) => fc.subarray([...of], { minLength: 1 });
  const list = (of: readonly string[]) => fc.oneof(fc.constant<string[]>([]), part(of));
  const broad = fc.record({ regions: list(regions), sites: list(sites), deviceIds: list(all) });

  test("[PRT-3] a narrower reach never exposes more", () => {
    const narrower = broad.chain((wide) =>
      fc.tuple(
        fc.constant(wide),
        fc.record({
          regions: wide.regions.length === 0 ? list(regions) : part(wide.regions),
          sites: wide.sites.length === 0 ? list(sites) : part(wide.sites),
          deviceIds: wide.deviceIds.length === 0 ? list(all) : part(wide.deviceIds),
        }),
      ),
    );
    fc.assert(
      fc.property(narrower, fc.subarray(all), ([wide, narrow], covered) => {
        const see = (places: typeof wide) =>
          exposureOf(terms(places), devices, [agreement(covered)], at);
        const [more, less] = [see(wide), see(narrow)];
        expect(idsOf(more.devices)).toEqual(expect.arrayContaining(idsOf(less.devices)));
        const { added } = differenceBetween(
          ...(["p", devices, [agreement(covered)]] as const),
          ...([[grant(wide)], [grant(narrow)], at] as const),
        );
        expect(added).toEqual([]);
      }),
    );
  });
});

describe("what a change adds and takes away", () => {
  const covering = [agreement(all)];
  const difference = (before: Grant[], after: Grant[]) =>
    differenceBetween("p", devices, covering, before, after, at);

  test("[PRT-3] a move from one region to another adds and removes", () => {
    const { added, removed } = difference(
      [grant({ regions: ["North"] })],
      [grant({ regions: ["South"] })],
    );
    expect(new Set(added.map(({ region }) => region))).toEqual(new Set(["South"]));
    expect(new Set(removed.map(({ region }) => region))).toEqual(new Set(["North"]));
  });

  test("[PRT-3] what another grant still reaches is not taken away", () => {
    const other = grant({ sites: ["Weir"], telemetry: false });
    const { removed, telemetryRemoved } = difference([grant(), other], [other]);
    expect(removed.every(({ siteName }) => siteName !== "Weir")).toBe(true);
    expect(telemetryRemoved.every(({ siteName }) => siteName === "Weir")).toBe(true);
    expect(removed.length + telemetryRemoved.length).toBe(devices.length);
  });

  test("[PRT-3] without an agreement nothing is gained and nothing lost", () => {
    const nothing = differenceBetween("p", devices, [], [grant()], [], at);
    expect(nothing).toEqual({ added: [], removed: [], telemetryAdded: [], telemetryRemoved: [] });
  });
});

describe("what is chosen", () => {
  test("[PRT-3] nothing chosen is no grant, where an empty one would reach everything", () => {
    for (const width of ["regions", "sites", "devices"] as const) {
      expect(placesOf({ ...nothingChosen, width }, devices)).toBeNull();
    }
    expect(placesOf({ ...nothingChosen, width: "everything" }, devices)).toEqual({
      regions: [],
      sites: [],
      deviceIds: [],
    });
  });

  test("[PRT-3] a site is one of its region, and no other of the same name", () => {
    const choice: Choice = {
      ...nothingChosen,
      width: "sites",
      sites: [siteKey({ region: "North", siteName: "Weir" })],
    };
    const places = placesOf(choice, devices);
    const seen = exposureOf(terms(places ?? {}), devices, [], at);
    expect(idsOf(seen.devices)).toEqual(["North/Weir/1", "North/Weir/2"]);
    expect(places && choiceOf(places, devices)).toEqual(choice);
  });

  test("[PRT-3] never more sites are reached than were chosen", () => {
    const keys = [...new Set(devices.map(siteKey))];
    fc.assert(
      fc.property(fc.subarray(keys, { minLength: 1 }), (chosen) => {
        const places = placesOf({ ...nothingChosen, width: "sites", sites: chosen }, devices);
        const { devices: reached } = exposureOf(terms(places ?? {}), devices, [], at);
        expect([...new Set(reached.map(siteKey))].sort()).toEqual([...chosen].sort());
      }),
    );
  });
});
