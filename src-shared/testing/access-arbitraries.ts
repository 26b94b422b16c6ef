import fc from "fast-check";
import type { DeviceFacts } from "../access/device-facts.ts";
import { levelsOf, type MenuOwner, menuOf, roleTemplates } from "../access/menu.ts";
import { levels } from "../access/nav.ts";
import type { Scope } from "../access/scope.ts";
import type { Role, Viewer } from "../access/viewer.ts";
import { roleOf, viewerOf } from "./viewers.ts";

const regions = ["North", "South"];
const customers = ["c1", "c2"];

/** Any instant of the year 2026, ISO. */
export const anyInstant = fc
  .date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true })
  .map((d) => d.toISOString());

/** Any scope, narrowing or not. */
export const anyScope: fc.Arbitrary<Scope> = fc.record({
  ownVisits: fc.boolean(),
  regions: fc.option(fc.subarray(regions)),
  customerIds: fc.option(fc.subarray(customers)),
});

/** Any role of an organisation: a template's levels, some of them changed on the matrix. */
const anyRole = (owner: MenuOwner): fc.Arbitrary<Role> => {
  const items = menuOf(owner).map(({ item }) => item);
  return fc
    .record({
      template: fc.constantFrom(...roleTemplates),
      changed: fc.dictionary(fc.constantFrom(...items), fc.constantFrom(...levels)),
      scope: anyScope,
    })
    .map(({ template, changed, scope }) =>
      roleOf(template, { levels: { ...levelsOf(template, owner), ...changed }, scope }),
    );
};

/** Any viewer of a partner, with any role in Partners or none. */
export const anyPartner: fc.Arbitrary<Viewer> = fc
  .constantFrom("reseller" as const, "distributor" as const)
  .chain((subtype) =>
    fc.option(anyRole({ kind: "partner", subtype })).map((role) => {
      const viewer = viewerOf(null, { roles: role === null ? {} : { partners: role } });
      return { ...viewer, tenant: { ...viewer.tenant, subtype } };
    }),
  );

/** Any viewer of a customer, with any role in Portal or none. */
export const anyCustomer: fc.Arbitrary<Viewer> = fc
  .option(anyRole({ kind: "customer", subtype: null }))
  .map((role) =>
    viewerOf(null, {
      tenant: { id: "c1", name: "Siam", kind: "customer", subtype: null, tier: null },
      entitlements: ["portal", "account"],
      roles: role === null ? {} : { portal: role },
    }),
  );

/** Any device with any agreements and grants, some of them over or of other regions. */
export const anyFacts: fc.Arbitrary<DeviceFacts> = fc.record({
  device: fc.record({
    id: fc.constant("d1"),
    customerId: fc.constantFrom(...customers),
    region: fc.constantFrom(...regions),
    siteName: fc.constant("Plant"),
  }),
  agreements: fc.array(
    fc.record({
      startsAt: anyInstant,
      endsAt: anyInstant,
      status: fc.constantFrom("active" as const, "terminated" as const),
    }),
    { maxLength: 3 },
  ),
  grants: fc.array(
    fc.record({
      regions: fc.subarray(regions),
      sites: fc.subarray(["Plant", "Depot"]),
      deviceIds: fc.subarray(["d1", "d2"]),
      telemetry: fc.boolean(),
      until: anyInstant,
      status: fc.constantFrom("active" as const, "withdrawn" as const),
    }),
    { maxLength: 3 },
  ),
  ownVisit: fc.boolean(),
});
