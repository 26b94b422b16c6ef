import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { suspendAccount } from "#server/access/change-account.ts";
import { brokenAt, readAudit } from "#server/audit/log.ts";
import { apps } from "#shared/access/apps.ts";
import { everywhere } from "#shared/access/scope.ts";
import type { IntentType } from "#shared/domain/registry.ts";
import { peopleRoutes } from "#shared/sync/people.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { codeOf, openStage, type Stage } from "./stage.ts";

let stage: Stage;
const begun = "2026-06-15T03:00:00.000Z";
const hours = (n: number) => new Date(Date.parse(begun) + n * 3_600_000).toISOString();
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  for (const log of ["Nera", "Acme"]) {
    expect(brokenAt(await readAudit(stage.store.db, id(log)))).toBeNull();
  }
  await stage.close();
});
beforeEach(() => {
  stage.server.proved.ago = 0;
});

const act = async (
  who: string,
  type: IntentType,
  target: string,
  payload: Record<string, unknown> = {},
  over: object = {},
): Promise<string> => {
  const made = { ...intent(who, type, id(target), payload), deviceTime: stage.clock.now, ...over };
  const { verdicts } = await stage.server.push(who, made);
  const [verdict] = verdicts;
  return verdict?.status === "refused" ? verdict.failure.code : (verdict?.status ?? "");
};

const rolesOf = async (who: string) => (await stage.server.me(who)).viewer.roles;
const power = (item: string, level = "full") => ({ item, level });
const give = (app: string, role: string | null) => ({ app, roleId: role && id(role) });

test("[AUTH-4] nobody gains by a role they hold in another app as well", async () => {
  const both = { name: "Both", template: "coordinator", apps: ["partners", "account"] };
  expect(await act("Ada", "role.create", "both", both)).toBe("applied");
  for (const app of ["partners", "account"]) {
    expect(await act("Una", "person.change-role", "Ada", give(app, "both"))).toBe("applied");
  }
  // A coordinator's Account app is empty: nothing is left to do it with.
  expect(await act("Ada", "role.set-level", "both", power("users"))).toBe("permission-missing");
  const some = [power("permissions"), power("roles")];
  for (const one of some) expect(await act("Una", "role.set-level", "both", one)).toBe("applied");
  for (const item of ["users", "leads", "renewals"]) {
    expect(await act("Ada", "role.set-level", "both", power(item))).toBe("own-role");
  }
  expect(await act("Ada", "role.set-reach", "both", { apps: ["partners"] })).toBe("own-role");
  expect(await act("Ada", "role.set-scope", "both", { scope: everywhere })).toBe("own-role");
  expect(await act("Ada", "role.rename", "both", { name: "Owner" })).toBe("own-role");
  expect(await act("Ada", "role.remove", "both")).toBe("own-role");
  expect(await act("Una", "person.change-role", "Ada", give("account", "role of Ada"))).toBe(
    "applied",
  );
  // Held in one app still, it is still one's own.
  expect(await act("Ada", "role.set-level", "both", power("users"))).toBe("own-role");
});

test("[AUTH-4] an accomplice gives what an administrator could give anybody, and never an owner's place", async () => {
  // Ada may make whom she trusts an administrator, and that one may change her role in turn: both
  // are told of in the log, and neither can do what only an owner can.
  expect(await act("Ada", "person.change-role", "Sai", give("account", "role of Ada"))).toBe(
    "applied",
  );
  expect(
    await act("Sai", "role.create", "wide", {
      name: "Wide",
      template: "administrator",
      apps: ["partners", "account"],
    }),
  ).toBe("applied");
  expect(await act("Sai", "person.change-role", "Ada", give("account", "wide"))).toBe("applied");
  expect(Object.values((await rolesOf("Ada")).account?.levels ?? {})).toContain("full");
  for (const who of ["Ada", "Sai"]) {
    const other = who === "Ada" ? "Sai" : "Ada";
    for (const app of ["account", "partners"]) {
      const owner = give(app, "role of Una");
      const answer = await act(who, "person.change-role", other, owner);
      expect([app, ["owner-only", "role-unfit"].includes(answer)]).toEqual([app, true]);
    }
    expect(await act(who, "person.suspend", "Una")).toBe("owner-only");
    expect(await act(who, "person.set-scope", "Una", { scope: everywhere })).toBe("owner-only");
    expect(await act(who, "person.change-role", "Una", give("account", null))).toBe("owner-only");
    expect(await act(who, "role.set-level", "role of Una", power("users", "hidden"))).toBe(
      "role-fixed",
    );
    expect(
      await act(who, "role.create", `second ${who}`, {
        name: "Owner two",
        template: "owner",
        apps: ["account"],
      }),
    ).toBe("intent-malformed");
  }
  expect(await act("Sai", "role.set-level", "role of Ada", power("users", "read"))).toBe(
    "own-role",
  );
  const log = await readAudit(stage.store.db, id("Nera"));
  const told = log.filter(({ entry }) => entry.intent.type === "person.change-role");
  expect(told.map(({ entry }) => entry.actor.name)).toEqual(expect.arrayContaining(["Ada", "Sai"]));
  expect(await act("Una", "person.change-role", "Sai", give("account", null))).toBe("applied");
  expect(await act("Una", "person.change-role", "Ada", give("account", "role of Ada"))).toBe(
    "applied",
  );
});

test("[FED-10] an override never widens what a role leaves", async () => {
  const devices = async (who: string) =>
    (await stage.server.pull(who)).records.filter((r) => r.kind === "device").map((r) => r.id);
  expect(await devices("Tam")).toEqual([id("pump")]);
  const wide = [
    { ...everywhere, regions: ["North", "South"] },
    { ...everywhere, customerIds: [id("Acme"), id("Beta")] },
    everywhere,
  ];
  for (const scope of wide) {
    expect(await act("Ada", "person.set-scope", "Tam", { scope })).toBe("applied");
    expect(await devices("Tam")).toEqual([id("pump")]);
    expect((await rolesOf("Tam")).partners?.scope.ownVisits).toBe(true);
  }
  // A role's own scope may be widened by who sets permissions, up to what is covered and granted.
  expect(await act("Ada", "role.set-scope", "role of Ton", { scope: everywhere })).toBe("applied");
  expect(await devices("Ton")).toEqual([id("pump")]);
});

test("[AUTH-2] a role that reaches an app opens it to nobody whose organisation does not have it", async () => {
  const name = "Everything";
  const made = { name, template: "administrator", apps: [...apps] };
  expect(await act("Ada", "role.create", name, made)).toBe("applied");
  for (const app of apps) {
    expect(await act("Ada", "person.change-role", "Nok", give(app, name))).toBe("applied");
  }
  for (const item of ["my-devices", "my-partners", "audit-log", "partner-access"]) {
    expect(await act("Ada", "role.set-level", name, power(item))).toBe("role-unfit");
  }
  const { viewer } = await stage.server.me("Nok");
  for (const app of ["portal", "pipeline", "tenants"] as const) {
    expect(viewer.entitlements).not.toContain(app);
    expect(viewer.roles[app]?.levels ?? {}).toEqual({});
  }
  const given = { partner: id("partner Nera"), regions: [], sites: [], deviceIds: [] };
  const until = { telemetry: true, until: "2026-12-01T00:00:00.000Z" };
  expect(await act("Nok", "grant.give", "own wish", { ...given, ...until })).not.toBe("applied");
  expect(await act("Nok", "grant.withdraw", "Acme→Nera")).not.toBe("applied");
  const kinds = new Set((await stage.server.pull("Nok")).records.map((r) => r.kind));
  expect(kinds).not.toContain("partner");
  for (const app of apps) await act("Ada", "person.change-role", "Nok", give(app, null));
  expect(await act("Ada", "person.change-role", "Nok", give("partners", "role of Nok"))).toBe(
    "applied",
  );
});

test("[AUTH-4] a customer's administrator grants to partners and to colleagues, never to itself or another customer", async () => {
  const until = { telemetry: true, until: "2026-12-01T00:00:00.000Z" };
  const reach = { regions: [], sites: [], deviceIds: [], ...until };
  for (const partner of [id("Acme"), id("Cora"), id("Beta"), id("Acme→Nera"), id("Nera")]) {
    expect(await act("Cora", "grant.give", `to ${partner}`, { partner, ...reach })).toBe(
      "target-unknown",
    );
  }
  expect(await act("Cora", "person.change-role", "Cora", give("account", "role of Cora"))).toBe(
    "own-role",
  );
  expect(await act("Cora", "person.change-role", "Nok", give("account", "role of Cora"))).toBe(
    "target-unknown",
  );
  expect(await act("Cora", "person.change-role", "Ann", give("account", "role of Nok"))).toBe(
    "target-unknown",
  );
  expect(await act("Cora", "person.change-role", "Ann", give("partners", "role of Cora"))).toBe(
    "role-unfit",
  );
  const manager = { name: "Manager", template: "administrator", apps: ["portal", "account"] };
  expect(await act("Cora", "role.create", "manager", manager)).toBe("applied");
  expect(await act("Cora", "person.change-role", "Ann", give("account", "manager"))).toBe(
    "applied",
  );
  expect(await act("Ann", "person.change-role", "Ann", give("portal", "manager"))).toBe("own-role");
  expect(await act("Ann", "role.set-level", "manager", power("partner-access", "read"))).toBe(
    "own-role",
  );
  expect(await act("Ann", "person.change-role", "Cora", give("portal", null))).toBe("owner-only");
  expect(await act("Ann", "grant.withdraw", "Acme→Rival")).toBe("applied");
});

test("[ID-1] who invites themselves a second time is the same once more, and no owner", async () => {
  const invited = {
    ...{ name: "Ada again", email: "ada.two@nera.example", locale: "en" },
    ...{ inviteHash: "a".repeat(64), roles: { account: id("role of Una") } },
  };
  expect(await act("Ada", "person.invite", "ada two", invited)).toBe("owner-only");
  const roles = { account: id("role of Cora") };
  expect(await act("Ada", "person.invite", "ada two", { ...invited, roles })).toBe(
    "target-unknown",
  );
  const plain = { ...invited, roles: { account: id("role of Ada") } };
  expect(await act("Nok", "person.invite", "nok two", plain)).toBe("no-role-in-app");
  expect(await act("Ada", "person.invite", "ada two", plain)).toBe("applied");
  expect(await act("Ada", "person.restore", "ada two")).toBe("wrong-state");
  expect((await stage.shoot("ada two", "/sync/me")).status).toBe(403);
});

test("[S9] [AUTH-4] who has lost the right to run an organisation does nothing about its people by dating it back", async () => {
  stage.clock.now = hours(1);
  await stage.server.pull("Ada");
  const by = { accountId: "", name: "operator", tenantId: "", tenantName: "" };
  stage.clock.now = hours(2);
  expect((await suspendAccount(stage.store, id("Ada"), { by, at: hours(2) })).ok).toBe(true);
  stage.clock.now = hours(3);
  const back = { deviceTime: hours(1.5) };
  const roles = { account: id("role of Ada") };
  const invited = {
    name: "Door",
    email: "door@nera.example",
    locale: "en",
    inviteHash: "b".repeat(64),
  };
  const made = { name: "Door", template: "administrator", apps: ["account"] };
  const tries: [IntentType, string, Record<string, unknown>][] = [
    ["person.invite", "door", { ...invited, roles }],
    ["person.change-role", "Nok", give("account", "role of Ada")],
    ["person.set-scope", "Tam", { scope: null }],
    ["person.suspend", "Ton", {}],
    ["role.create", "door role", made],
    ["role.set-level", "role of Nok", power("leads")],
    ["role.set-scope", "role of Ton", { scope: everywhere }],
  ];
  for (const [type, target, payload] of tries) {
    expect([type, await act("Ada", type, target, payload, back)]).toEqual([
      type,
      "account-suspended",
    ]);
  }
  const preview = await stage.shoot("Ada", peopleRoutes.preview, { body: { accountId: null } });
  expect(codeOf(preview)).toBe("account-suspended");
  await stage.server.pull("Cora");
  expect((await suspendAccount(stage.store, id("Cora"), { by, at: hours(3.2) })).ok).toBe(true);
  const until = { telemetry: true, until: "2026-12-01T00:00:00.000Z" };
  const reach = { partner: id("partner Rival"), regions: [], sites: [], deviceIds: [], ...until };
  const given = await act("Cora", "grant.give", "late gift", reach, { deviceTime: hours(3.1) });
  expect(given).toBe("account-suspended");
  // Work in the field is another matter: it is judged by when it was done.
  await stage.server.pull("Nok");
  expect((await suspendAccount(stage.store, id("Nok"), { by, at: hours(4) })).ok).toBe(true);
  stage.clock.now = hours(5);
  const field = { deviceTime: hours(3.5) };
  expect(await act("Nok", "ticket.note", "pump-ticket", { text: "done" }, field)).toBe("applied");
});
