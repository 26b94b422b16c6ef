import { describe, expect, test } from "vitest";
import { roleOf, viewerOf } from "../testing/viewers.ts";
import { decide, decideAct } from "./decide.ts";

const work = { app: "partners", item: "workload", level: "full" } as const;

describe("[AUTH-1] the layers are asked in order, and the first that refuses is named", () => {
  test("layer 1: a suspended account gets no further, whatever else it lacks", () => {
    const viewer = viewerOf(null, { suspended: true, entitlements: [] });
    expect(decide(viewer, work)).toMatchObject({ layer: "tenant", code: "account-suspended" });
  });

  test("layer 2: [AUTH-2] an app the tenant has not is closed, before any role is looked at", () => {
    const viewer = viewerOf(null, { entitlements: ["portal"] });
    expect(decide(viewer, work)).toMatchObject({ layer: "entitlement", code: "app-not-entitled" });
  });

  test("layer 3: an account without a role in the app may open it and see nothing in it", () => {
    expect(decide(viewerOf(null), { app: "partners" })).toBeNull();
    expect(decide(viewerOf(null), work)).toMatchObject({ layer: "role", code: "no-role-in-app" });
  });

  test("layer 4: [AUTH-3] hidden and read-only are two different refusals", () => {
    expect(decide(viewerOf("sales"), work)).toMatchObject({ code: "permission-missing" });
    const devices = { app: "partners", item: "covered-devices" } as const;
    expect(decide(viewerOf("sales"), { ...devices, level: "read" })).toBeNull();
    expect(decide(viewerOf("sales"), { ...devices, level: "full" })).toMatchObject({
      code: "permission-read-only",
      params: { role: "sales" },
    });
  });

  test("layer 5: [FED-10] a role narrowed to its own visits does not decide over others' work", () => {
    const narrowed = viewerOf(null, { role: roleOf("coordinator", { scope: "own-visits" }) });
    const assign = { permission: "workload", wholeCoverage: true } as const;
    expect(decideAct(viewerOf("coordinator"), assign)).toBeNull();
    expect(decideAct(narrowed, assign)).toMatchObject({ layer: "scope" });
    expect(decideAct(narrowed, { permission: "workload" })).toBeNull();
  });
});
