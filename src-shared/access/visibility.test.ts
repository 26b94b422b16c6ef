import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Kind, kinds } from "../domain/intent.ts";
import { intentDefs } from "../domain/registry.ts";
import {
  anyCustomer,
  anyFacts,
  anyInstant,
  anyPartner,
  anyScope,
} from "../testing/access-arbitraries.ts";
import { roleOf, viewerOf } from "../testing/viewers.ts";
import { decide } from "./decide.ts";
import type { DeviceFacts } from "./device-facts.ts";
import { homeOf } from "./layers.ts";
import { levelsOf } from "./menu.ts";
import { type Projection, type ProjectionFacts, project, type StoredRecord } from "./project.ts";
import { inScope, narrowed, ownVisits, type Scope } from "./scope.ts";
import type { Viewer } from "./viewer.ts";
import { coverageOf, readsKind } from "./visibility.ts";

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

const withScope = (viewer: Viewer, override: Scope): Viewer => {
  const home = homeOf(viewer);
  const role = viewer.roles[home];
  if (role === undefined) return viewer;
  return {
    ...viewer,
    roles: { ...viewer.roles, [home]: { ...role, scope: narrowed(role.scope, override) } },
  };
};

/** What a viewer's facts come to, as a server works them out for the one device there is. */
const projectionFacts = (viewer: Viewer, facts: DeviceFacts, now: string): ProjectionFacts => {
  const coverage = viewer.tenant.kind === "partner" ? coverageOf(viewer, facts, now) : null;
  const end = coverage?.covered ? coverage.until : null;
  return {
    coverage,
    deviceUntil: (id) => (id === facts.device.id ? end : null),
    customerUntil: (id) => (id === facts.device.customerId ? end : null),
  };
};

/** A record of each kind about that device, its customer, and the viewer's own organisation. */
const recordsAbout = ({ tenant, accountId }: Viewer, facts: DeviceFacts): StoredRecord[] => {
  const { id, customerId } = facts.device;
  const paper = { customerId, partnerId: tenant.id, deviceIds: [id], status: "active" };
  const data: Record<Kind, object> = {
    customer: { id: customerId },
    device: facts.device,
    agreement: { ...paper, startsAt: "2026-01-01", endsAt: "2027-01-01T00:00:00.000Z" },
    grant: { ...paper, regions: [], telemetry: true, until: "2027-01-01T00:00:00.000Z" },
    ticket: { deviceId: id },
    alarm: { deviceId: id },
    visit: {
      deviceId: id,
      partnerId: tenant.id,
      assigneeId: facts.ownVisit ? accountId : "somebody else",
    },
    person: { id: "p1", tenantId: tenant.id, name: "Kanya", access: { roles: {} } },
    telemetry: { deviceId: id },
    role: { id: "r1", tenantId: tenant.id, status: "active" },
    partner: { id: "n1", tenantId: tenant.id },
  };
  return kinds.map((kind) => ({ id: kind, kind, data: data[kind] }));
};

/** Whether what is seen of a record is no more than what else is seen of it. */
const within = (narrow: Projection, whole: Projection): boolean => {
  if (narrow === null) return true;
  if (whole === null) return false;
  const ends = narrow.until === null || whole.until === null || narrow.until <= whole.until;
  const wide = whole.data as Record<string, unknown>;
  return (
    ends &&
    Object.entries(narrow.data as object).every(([field, value]) =>
      Array.isArray(value)
        ? value.every((one) => (wide[field] as unknown[]).includes(one))
        : Object.hasOwn(wide, field),
    )
  );
};

describe("[FED-10] no override ever adds anything, for any role, agreements, grants and visits", () => {
  const anyViewer = fc.oneof(anyPartner, anyCustomer);

  test("to what a viewer covers, nor makes it last longer", () => {
    fc.assert(
      fc.property(anyPartner, anyFacts, anyScope, anyInstant, (viewer, given, override, now) => {
        const whole = coverageOf(viewer, given, now);
        const narrow = coverageOf(withScope(viewer, override), given, now);
        if (narrow.covered) expect(narrow).toEqual(whole);
        if (!whole.covered) expect(narrow.covered).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test("to what it is told of a record of any kind", () => {
    fc.assert(
      fc.property(anyViewer, anyFacts, anyScope, anyInstant, (viewer, given, override, now) => {
        const less = withScope(viewer, override);
        for (const record of recordsAbout(viewer, given)) {
          const whole = project(viewer, record, projectionFacts(viewer, given, now), now);
          const narrow = project(less, record, projectionFacts(less, given, now), now);
          expect([record.kind, within(narrow, whole)]).toEqual([record.kind, true]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("to what it may do", () => {
    fc.assert(
      fc.property(anyViewer, anyFacts, anyScope, anyInstant, (viewer, facts, override, now) => {
        for (const { permission, wholeCoverage } of Object.values(intentDefs)) {
          const wish = {
            item: permission,
            level: "full" as const,
            on: { facts, at: now },
            ...(wholeCoverage ? { wholeCoverage } : {}),
          };
          if (decide(withScope(viewer, override), wish) === null) {
            expect(decide(viewer, wish)).toBeNull();
          }
        }
      }),
    );
  });

  test("an override upon an override narrows further, in whichever order", () => {
    fc.assert(
      fc.property(anyScope, anyScope, anyFacts, (a, b, { device: on, ownVisit }) => {
        const together = inScope(narrowed(a, b), on, ownVisit);
        expect(together).toBe(inScope(a, on, ownVisit) && inScope(b, on, ownVisit));
        expect(narrowed(a, null)).toEqual(a);
      }),
    );
  });

  test("and does narrow: the widest role sees what the narrowed one does not", () => {
    const given = facts({ ownVisit: false });
    expect(coverageOf(coordinator, given, at).covered).toBe(true);
    expect(coverageOf(withScope(coordinator, ownVisits), given, at)).toMatchObject({
      failure: { code: "outside-scope", layer: "scope" },
    });
  });
});

test("[PAR-1] whatever else there is, nothing is covered without an agreement in force", () => {
  fc.assert(
    fc.property(anyPartner, anyFacts, anyInstant, (viewer, given, now) => {
      expect(coverageOf(viewer, { ...given, agreements: [] }, now).covered).toBe(false);
      expect(coverageOf(viewer, { ...given, grants: [] }, now).covered).toBe(false);
    }),
  );
});

test("[PAR-1] another organisation's people, roles and papers are nobody else's to see", () => {
  fc.assert(
    fc.property(fc.oneof(anyPartner, anyCustomer), anyFacts, anyInstant, (viewer, given, now) => {
      const stranger = { ...viewer, tenant: { ...viewer.tenant, id: "another" } };
      const seen = recordsAbout(viewer, given)
        .filter(({ kind }) => ["person", "role", "visit", "grant", "agreement"].includes(kind))
        .filter((r) => project(stranger, r, projectionFacts(stranger, given, now), now) !== null)
        .map(({ kind }) => kind);
      expect(seen).toEqual([]);
    }),
  );
});

test("[S8] what proves an invitation is told to nobody, who may do what to those who run it", () => {
  const person = {
    id: "p1",
    kind: "person" as const,
    data: { tenantId: viewerOf(null).tenant.id, access: { email: "a@b.c", inviteHash: "h" } },
  };
  const none = { coverage: null, deviceUntil: () => null, customerUntil: () => null };
  const account = roleOf("administrator", {
    levels: levelsOf("administrator", { kind: "partner", subtype: "reseller" }),
  });
  const administrator = viewerOf(null, { roles: { account } });
  expect(project(administrator, person, none, at)?.data).toHaveProperty("access.email");
  expect(project(administrator, person, none, at)?.data).not.toHaveProperty("access.inviteHash");
  expect(project(coordinator, person, none, at)?.data).not.toHaveProperty("access");
});

test("[AUTH-3] what a role does not read, of no device does it read it", () => {
  expect(readsKind(viewerOf("sales"), "ticket")).toBe(false);
  expect(readsKind(viewerOf("sales"), "device")).toBe(true);
  expect(readsKind(viewerOf("coordinator", { entitlements: ["portal"] }), "device")).toBe(false);
  expect(readsKind(viewerOf(null), "device")).toBe(false);
});
