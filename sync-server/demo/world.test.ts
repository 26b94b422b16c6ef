import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { holdsOwner } from "#shared/domain/person/holding.ts";
import { schemas } from "#shared/domain/registry.ts";
import { dataOf, demoAt, moments } from "./testing.ts";

const [now = ""] = moments;
const hash = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

describe("the demo world", () => {
  it.each(moments.slice(0, 3))("has only records that their schemas accept, at %s", (at) => {
    const bad = demoAt(at).world.records.flatMap(({ kind, id, data }) => {
      const parsed = schemas[kind].safeParse(data);
      const same = "id" in data && data.id === id;
      return parsed.success && same ? [] : [{ kind, id, why: parsed.error?.issues[0] }];
    });
    expect(bad).toEqual([]);
  });

  it("has ids that are UUIDs and its own", () => {
    const { world } = demoAt(now);
    const keys = world.records.map(({ kind, id }) => `${kind}/${id}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { id } of world.tenants) {
      expect(z.uuid().safeParse(id).success).toBe(true);
    }
  });

  it("is the same to the byte for the same moment, in any time zone", () => {
    const script = `
      import { createHash } from "node:crypto";
      import { buildDemoWorld } from "./sync-server/demo/build-world.ts";
      const built = buildDemoWorld({ now: new Date("${now}") });
      process.stdout.write(createHash("sha256").update(JSON.stringify(built.value)).digest("hex"));`;
    const elsewhere = execFileSync(
      process.execPath,
      ["--input-type=module", "--disable-warning=ExperimentalWarning", "-e", script],
      { env: { ...process.env, TZ: "America/St_Johns" }, encoding: "utf8" },
    );
    expect(elsewhere).toBe(hash(demoAt(now)));
  });

  it("keeps the ids of its records from one moment to the next", () => {
    const ids = (at: string) => dataOf(demoAt(at).world, "device").map((device) => device.id);
    expect(ids(moments[1] ?? "")).toEqual(ids(now));
  });

  it("gives every person a role of their own tenant, and every tenant with people an owner", () => {
    const { world } = demoAt(now);
    const people = dataOf(world, "person");
    const roles = new Map(dataOf(world, "role").map((role) => [role.id, role]));
    for (const { tenantId, access, roleName } of people) {
      const held = Object.values(access?.roles ?? {});
      expect(held.length).toBeGreaterThan(0);
      expect(roleName).not.toBe("");
      for (const id of held) expect(roles.get(id)?.tenantId).toBe(tenantId);
    }
    for (const tenantId of new Set(people.map((person) => person.tenantId))) {
      const owners = people.filter(
        (person) => person.tenantId === tenantId && holdsOwner(person, [...roles.values()]),
      );
      expect(owners).toHaveLength(1);
    }
  });

  it("makes the technician of the coordinator's template, narrowed to their own visits", () => {
    const technician = dataOf(demoAt(now).world, "role").find(({ name }) => name === "Technician");
    expect(technician).toMatchObject({ template: "coordinator", scope: { ownVisits: true } });
    expect(technician?.levels).toMatchObject({ workload: "full", renewals: "hidden" });
  });

  it("lets MegaWarehouse's manager run the funnel, which the built-in role hides", () => {
    const roles = dataOf(demoAt(now).world, "role");
    const levels = (name: string) => roles.find((role) => role.name === name)?.levels;
    expect(levels("Channel manager")).toMatchObject({ deals: "hidden", quotes: "hidden" });
    expect(levels("Channel and funnel manager")).toMatchObject({ deals: "full", quotes: "full" });
  });
});
