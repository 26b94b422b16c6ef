import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyCustomer, anyFacts, anyInstant, anyPartner } from "../testing/access-arbitraries.ts";
import { roleOf, viewerOf } from "../testing/viewers.ts";
import { decide, decideAct, explain } from "./decide.ts";
import { accessLayers, homeOf, levelOf, scopeOf, type Wish } from "./layers.ts";
import { items, levelsOf } from "./menu.ts";
import { levels } from "./nav.ts";
import { everywhere, ownVisits } from "./scope.ts";

const work = { item: "workload", level: "full" } as const;
const at = "2026-06-15T00:00:00.000Z";

/** A device that nobody covers, outside a scope of one's own visits. */
const strange = {
  device: { id: "d1", customerId: "c1", region: "North", siteName: "Plant" },
  agreements: [],
  grants: [],
  ownVisit: false,
};

describe("[AUTH-1] the layers are asked in order, and the first that refuses is named", () => {
  const narrowed = { partners: roleOf("coordinator", { scope: ownVisits }) };
  const wish: Wish = { ...work, on: { facts: strange, at } };
  /** Each viewer lacks what the layer asks for, and everything that later layers ask for. */
  const lacking = [
    ["tenant", viewerOf(null, { suspended: true, entitlements: [] })],
    ["entitlement", viewerOf(null, { entitlements: [] })],
    ["role", viewerOf(null)],
    [
      "permission",
      viewerOf("sales", { roles: { partners: roleOf("sales", { scope: ownVisits }) } }),
    ],
    ["scope", viewerOf(null, { roles: narrowed })],
    ["cross-tenant", viewerOf("coordinator")],
  ] as const;

  test("there are six, in the order of seed 001", () => {
    expect(lacking.map(([layer]) => layer)).toEqual([...accessLayers]);
  });

  test.each(lacking)("%s", (layer, viewer) => {
    expect(decide(viewer, wish)?.layer).toBe(layer);
    const nth = accessLayers.indexOf(layer);
    expect(explain(viewer, wish).map(({ answer }) => answer)).toEqual(
      accessLayers.map((_, i) => (i < nth ? "passed" : i === nth ? "refused" : "unasked")),
    );
  });

  test("what all of them let pass is allowed", () => {
    const open = { ...strange, agreements: [agreement], grants: [grant] };
    const allowed: Wish = { ...work, on: { facts: open, at } };
    expect(decide(viewerOf("coordinator"), allowed)).toBeNull();
    expect(explain(viewerOf("coordinator"), allowed).every((a) => a.answer === "passed")).toBe(
      true,
    );
  });

  test("one's own devices need no agreement and no grant", () => {
    const tenant = { id: "c1", name: "Siam", kind: "customer", subtype: null, tier: null } as const;
    const customer = viewerOf(null, { tenant, entitlements: ["portal"] });
    expect(decide(customer, { on: { facts: strange, at } })).toBeNull();
  });
});

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

describe("what each layer says", () => {
  test("layer 1: [PAR-4] [PAR-12] what the other subtype has is not in this one", () => {
    const viewer = viewerOf("administrator");
    expect(decide(viewer, { item: "resellers" })).toMatchObject({ code: "not-in-subtype" });
    const tenant = { ...viewer.tenant, subtype: "distributor" as const };
    expect(decide({ ...viewer, tenant }, { item: "workload" })?.code).toBe("not-in-subtype");
  });

  test("layer 2: [AUTH-2] an app the tenant has not is closed, before any role is looked at", () => {
    const viewer = viewerOf(null, { entitlements: ["portal"] });
    expect(decide(viewer, work)).toMatchObject({ layer: "entitlement", code: "app-not-entitled" });
    expect(decide(viewer, { app: "partners" })?.layer).toBe("entitlement");
  });

  test("layer 3: an account without a role in the app may open it and see nothing in it", () => {
    expect(decide(viewerOf(null), { app: "partners" })).toBeNull();
    expect(decide(viewerOf(null), work)).toMatchObject({ layer: "role", code: "no-role-in-app" });
  });

  test("layer 3: [AUTH-1] a role in one app is none in another", () => {
    const owner = viewerOf("owner");
    expect(decide(owner, { item: "users" })).toMatchObject({
      code: "no-role-in-app",
      params: { app: "account" },
    });
  });

  test("layer 4: [AUTH-3] hidden and read-only are two different refusals", () => {
    expect(decide(viewerOf("sales"), work)).toMatchObject({ code: "permission-missing" });
    const devices = { item: "covered-devices" } as const;
    expect(decide(viewerOf("sales"), { ...devices, level: "read" })).toBeNull();
    expect(decide(viewerOf("sales"), { ...devices, level: "full" })).toMatchObject({
      code: "permission-read-only",
      params: { role: "sales" },
    });
  });

  test("layer 5: [FED-10] a role narrowed to its own visits does not decide over others' work", () => {
    const narrowed = viewerOf(null, {
      roles: { partners: roleOf("coordinator", { scope: ownVisits }) },
    });
    const assign = { permission: "workload", wholeCoverage: true } as const;
    expect(decideAct(viewerOf("coordinator"), assign)).toBeNull();
    expect(decideAct(narrowed, assign)).toMatchObject({ code: "assign-beyond-scope" });
    expect(decideAct(narrowed, { permission: "workload" })).toBeNull();
  });

  test.each([
    ["a region", { ...everywhere, regions: ["South"] }],
    ["a customer", { ...everywhere, customerIds: ["c2"] }],
    ["nothing", { ...everywhere, regions: [] }],
  ])("layer 5: [FED-10] a role narrowed to %s reaches no other device", (_what, scope) => {
    const viewer = viewerOf(null, { roles: { partners: roleOf("coordinator", { scope }) } });
    expect(decide(viewer, { on: { facts: strange, at } })?.code).toBe("outside-scope");
  });

  test("layer 6: [PAR-1] [PRT-3] an agreement is asked for before a grant", () => {
    const on = (facts: object) => ({ on: { facts: { ...strange, ...facts }, at } });
    const coordinator = viewerOf("coordinator");
    expect(decide(coordinator, on({}))?.code).toBe("not-covered");
    expect(decide(coordinator, on({ agreements: [agreement] }))?.code).toBe("not-granted");
    expect(decide(coordinator, on({ agreements: [agreement], grants: [grant] }))).toBeNull();
  });
});

const anyWish: fc.Arbitrary<Wish> = fc
  .record({
    item: fc.option(fc.constantFrom(...items), { nil: undefined }),
    level: fc.constantFrom("read" as const, "full" as const),
    wholeCoverage: fc.boolean(),
    on: fc.option(fc.record({ facts: anyFacts, at: anyInstant }), { nil: undefined }),
  })
  .map(({ item, on, ...wish }) => ({ ...wish, ...(item && { item }), ...(on && { on }) }));
const anyViewer = fc.oneof(anyPartner, anyCustomer);

describe("for any viewer and any wish", () => {
  test("[AUTH-3] who may do may look", () => {
    fc.assert(
      fc.property(anyViewer, anyWish, (viewer, wish) => {
        if (decide(viewer, { ...wish, level: "full" }) !== null) return;
        expect(decide(viewer, { ...wish, level: "read" })).toBeNull();
      }),
    );
  });

  test("the decision is the first refusal of its explanation", () => {
    fc.assert(
      fc.property(anyViewer, anyWish, (viewer, wish) => {
        const refused = explain(viewer, wish).find(({ answer }) => answer === "refused");
        expect(refused?.failure ?? null).toEqual(decide(viewer, wish));
      }),
    );
  });

  test("[AUTH-1] nothing is open that the role's own level does not open", () => {
    fc.assert(
      fc.property(anyViewer, fc.constantFrom(...items), (viewer, item) => {
        const open = levels.find(
          (level) => level !== "hidden" && decide(viewer, { item, level }) === null,
        );
        if (open !== undefined) expect(levelOf(viewer, item)).toBe(open);
        if (levelOf(viewer, item) === "hidden") expect(open).toBeUndefined();
      }),
    );
  });

  test("a suspended account may do nothing whatever", () => {
    fc.assert(
      fc.property(anyViewer, anyWish, (viewer, wish) => {
        expect(decide({ ...viewer, suspended: true }, wish)?.code).toBe("account-suspended");
      }),
    );
  });
});

test("[AUTH-1] the scope is that of the role in the app where records are worked on", () => {
  const account = roleOf("owner", {
    levels: levelsOf("owner", { kind: "partner", subtype: "reseller" }),
  });
  const partners = roleOf("coordinator", { scope: ownVisits });
  const viewer = viewerOf(null, { roles: { partners, account } });
  expect(homeOf(viewer)).toBe("partners");
  expect(scopeOf(viewer)).toEqual(ownVisits);
});
