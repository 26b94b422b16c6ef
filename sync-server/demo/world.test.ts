import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Role } from "#shared/access/viewer.ts";
import { schemas } from "#shared/domain/registry.ts";
import { demoAccountLines } from "./accounts.ts";
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
    for (const { id } of [...world.tenants, ...world.roles, ...world.accounts]) {
      expect(z.uuid().safeParse(id).success).toBe(true);
    }
    for (const role of world.roles) expect(Role.safeParse(role).success).toBe(true);
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

  it("gives every partner account a person with the account's id, and a role of its tenant", () => {
    const { world } = demoAt(now);
    const persons = new Map(dataOf(world, "person").map((person) => [person.id, person]));
    const roles = new Map(world.roles.map((role) => [role.id, role]));
    const partners = world.tenants.filter((t) => t.kind === "partner").map((t) => t.id);
    for (const account of world.accounts) {
      const partner = partners.includes(account.tenantId);
      expect(persons.get(account.id)?.tenantId).toBe(partner ? account.tenantId : undefined);
      expect(roles.get(account.roleId ?? "")?.tenantId).toBe(
        partner ? account.tenantId : undefined,
      );
    }
    expect(
      demoAccountLines(world).filter((line) => line.role === "" || line.tenant === ""),
    ).toEqual([]);
  });

  it("makes the technician of the coordinator's template, narrowed to their own visits", () => {
    const technician = demoAt(now).world.roles.find((role) => role.name === "Technician");
    expect(technician).toMatchObject({ template: "coordinator", scope: "own-visits" });
    expect(technician?.levels).toMatchObject({ workload: "full", renewals: "hidden" });
  });

  it("lets MegaWarehouse's manager run the funnel, which the built-in role hides", () => {
    const { roles } = demoAt(now).world;
    const levels = (name: string) => roles.find((role) => role.name === name)?.levels;
    expect(levels("Channel manager")).toMatchObject({ deals: "hidden", quotes: "hidden" });
    expect(levels("Channel and funnel manager")).toMatchObject({ deals: "full", quotes: "full" });
  });
});
