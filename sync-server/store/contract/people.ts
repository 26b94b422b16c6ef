import { expect, test } from "vitest";
import { everywhere } from "#shared/access/scope.ts";
import type { Intent } from "#shared/domain/intent.ts";
import type { IntentType } from "#shared/domain/registry.ts";
import { peopleRoutes } from "#shared/sync/people.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { invitationsOf } from "../../access/invitations.ts";
import { readAudit } from "../../audit/log.ts";
import { sha256 } from "../canonical.ts";
import type { Ground } from "./ground.ts";

/** Those who run an organisation, on its people and roles: WF-4, WF-8, AUTH-1, FED-6 to FED-10. */
export const people = (on: Ground): void => {
  const act = (
    who: string,
    type: IntentType,
    target: string,
    payload: Record<string, unknown> = {},
  ) => intent(who, type, id(target), payload);
  const send = async (who: string, one: Intent) => {
    const { verdicts } = await on.server.push(who, one);
    const [verdict] = verdicts;
    return verdict?.status === "refused" ? verdict.failure.code : verdict?.status;
  };
  const levelsOf = async (who: string) => (await on.server.me(who)).viewer.roles;
  const read = async (who: string, kind: string) =>
    (await on.server.pull(who)).records.filter((r) => r.kind === kind);

  test("[S8] who may do what is told to those who run the organisation, names to everybody", async () => {
    const told = await read("Nok", "person");
    expect(told.length).toBeGreaterThan(3);
    for (const { data } of told) expect(data).not.toHaveProperty("access");
    expect(await read("Nok", "role")).toEqual([]);
    const whole = await read("Ada", "person");
    expect(whole.map(({ id: each }) => each).sort()).toEqual(told.map((r) => r.id).sort());
    for (const { data } of whole) {
      expect(data).toHaveProperty("access.email");
      expect(data).not.toHaveProperty("access.inviteHash");
    }
    const tenants = new Set((await read("Ada", "role")).map(({ data }) => data?.tenantId));
    expect(tenants).toEqual(new Set([id("Nera")]));
  });

  test("[WF-8] a role is made, then given powers, then granted; each by its own act and permission", async () => {
    const made = { name: "Dispatcher", template: "coordinator", apps: ["partners"] };
    expect(await send("Ada", act("Ada", "role.create", "dispatcher", made))).toBe("applied");
    const power = { item: "renewals", level: "full" };
    expect(await send("Ada", act("Ada", "role.set-level", "dispatcher", power))).toBe("applied");
    const grant = { app: "partners", roleId: id("dispatcher") };
    expect(await send("Ada", act("Ada", "person.change-role", "Sai", grant))).toBe("applied");
    const { partners } = await levelsOf("Sai");
    expect(partners).toMatchObject({
      name: "Dispatcher",
      levels: { renewals: "full", leads: "hidden" },
    });
    const [sai] = (await read("Nok", "person")).filter((r) => r.id === id("Sai"));
    expect(sai?.data).toMatchObject({ roleName: "Dispatcher", takesWork: true });
    expect(await send("Ada", act("Ada", "role.remove", "dispatcher"))).toBe("role-in-use");
    expect(await send("Ada", act("Ada", "role.rename", "dispatcher", { name: "Planner" }))).toBe(
      "applied",
    );
    expect((await levelsOf("Sai")).partners?.name).toBe("Planner");
    const log = (await readAudit(on.owner, id("Nera"))).map(({ entry }) => entry.intent.type);
    expect(log).toEqual(
      expect.arrayContaining(["role.create", "role.set-level", "person.change-role"]),
    );
    const events = await on.owner.selectFrom("outbox").select("event").execute();
    expect(events.some(({ event }) => JSON.parse(event).type === "user.role-changed")).toBe(true);
  });

  test("[AUTH-1] a role that changes is told at once to whoever holds it, and to nobody else", async () => {
    const tam = await on.server.live("Tam");
    const ton = await on.server.live("Ton");
    await tam.next("head");
    await ton.next("head");
    const power = { item: "workload", level: "read" };
    await send("Ada", act("Ada", "role.set-level", "role of Tam", power));
    await tam.next("changed");
    const note = { text: "mine still" };
    expect(await send("Tam", act("Tam", "ticket.note", "pump-ticket", note))).not.toBe("applied");
    expect(ton.names).not.toContain("changed");
    ton.close();
  });

  test("[FED-10] an override narrows what a role gives; what is outside leaves the lens", async () => {
    const devices = async () => (await read("Nok", "device")).map((r) => r.id);
    expect(await devices()).toContain(id("pump"));
    const scope = { ...everywhere, regions: ["South"] };
    expect(await send("Ada", act("Ada", "person.set-scope", "Nok", { scope }))).toBe("applied");
    expect(await devices()).not.toContain(id("pump"));
    expect(await send("Ada", act("Ada", "person.set-scope", "Nok", { scope: null }))).toBe(
      "applied",
    );
    expect(await devices()).toContain(id("pump"));
  });

  test("[AUTH-4] nobody widens what they may do themselves, or makes an owner without being one", async () => {
    const owner = { app: "account", roleId: id("role of Una") };
    expect(await send("Ada", act("Ada", "person.change-role", "Ada", owner))).toBe("own-role");
    expect(await send("Ada", act("Ada", "person.change-role", "Nok", owner))).toBe("owner-only");
    expect(await send("Ada", act("Ada", "person.set-scope", "Ada", { scope: null }))).toBe(
      "own-role",
    );
    const power = { item: "users", level: "full" };
    expect(await send("Ada", act("Ada", "role.set-level", "role of Ada", power))).toBe("own-role");
    expect(await send("Ada", act("Ada", "role.set-level", "role of Una", power))).toBe(
      "role-fixed",
    );
    expect(await send("Ada", act("Ada", "person.suspend", "Una"))).toBe("owner-only");
    expect(await send("Una", act("Una", "person.suspend", "Una"))).toBe("own-role");
    const none = { app: "account", roleId: null };
    expect(await send("Una", act("Una", "person.change-role", "Una", none))).toBe("own-role");
    expect(await send("Nok", act("Nok", "person.change-role", "Sai", none))).toBe("no-role-in-app");
    const foreign = { app: "partners", roleId: id("role of Rex") };
    expect(await send("Ada", act("Ada", "person.change-role", "Sai", foreign))).toBe(
      "target-unknown",
    );
    expect(await send("Ada", act("Ada", "person.suspend", "Rex"))).toBe("target-unknown");
  });

  test("[ID-3] a dangerous act wants a fresh proof of who does it", async () => {
    on.server.proved.ago = 11 * 60_000;
    expect(await send("Ada", act("Ada", "person.suspend", "Ton"))).toBe("step-up-required");
    on.server.proved.ago = null;
    expect(await send("Ada", act("Ada", "person.suspend", "Ton"))).toBe("step-up-required");
    on.server.proved.ago = 60_000;
    expect(await send("Ada", act("Ada", "person.suspend", "Ton"))).toBe("applied");
    expect((await on.server.pullRaw("Ton")).json().error.code).toBe("account-suspended");
    expect(await send("Ada", act("Ada", "person.restore", "Ton"))).toBe("applied");
    expect((await on.server.pullRaw("Ton")).statusCode).toBe(200);
  });

  test("[ACC-2] an invitation makes an account once, for whoever has its secret, in its time", async () => {
    const invitations = invitationsOf(on.store, () => on.now);
    const invited = {
      ...{ name: "Ivy", email: "ivy@nera.example", locale: "en", inviteHash: sha256("secret") },
      roles: { partners: id("role of Nok") },
    };
    expect(await send("Ada", act("Ada", "person.invite", "Ivy", invited))).toBe("applied");
    expect(await send("Ada", act("Ada", "person.invite", "Ivy again", invited))).toBe(
      "email-in-use",
    );
    const before = await on.server.pullRaw("Ivy");
    expect(before.json().error.code).toBe("account-unknown");
    expect(await invitations.peek("another")).toBeNull();
    expect(await invitations.peek("secret")).toMatchObject({ name: "Ivy", tenantName: "Nera" });
    const then = on.now;
    on.now = new Date(Date.parse(then) + 15 * 86_400_000).toISOString();
    expect(await invitations.accept("secret")).toMatchObject({ ok: false });
    on.now = then;
    expect(await invitations.accept("secret")).toEqual({
      ok: true,
      value: { accountId: id("Ivy") },
    });
    expect(await invitations.accept("secret")).toMatchObject({
      error: { code: "invitation-ended" },
    });
    expect((await on.server.me("Ivy")).viewer.roles.partners?.id).toBe(id("role of Nok"));
    expect((await on.server.me("Ivy")).lens).toBe((await on.server.me("Nok")).lens);
    const log = (await readAudit(on.owner, id("Nera"))).map(({ entry }) => entry.intent.type);
    expect(log).toEqual(expect.arrayContaining(["person.invite", "person.accept"]));
  });

  test("[FED-10] a preview says what somebody would see, to those who run their organisation alone", async () => {
    const preview = (who: string, body: object) => on.server.post(who, peopleRoutes.preview, body);
    const now = await preview("Ada", { accountId: id("Nok") });
    expect(now.json()).toMatchObject({ counts: { device: 1, ticket: 1, visit: 1 }, ofDevices: 1 });
    const scope = { ...everywhere, regions: ["South"] };
    const narrow = await preview("Ada", { accountId: id("Nok"), scope });
    expect(narrow.json()).toMatchObject({
      counts: { device: 0, ticket: 0 },
      devices: [],
      ofDevices: 1,
    });
    expect((await preview("Nok", { accountId: id("Sai") })).statusCode).toBe(403);
    const foreign = await preview("Ada", { accountId: id("Rex") });
    expect(foreign.json().error.code).toBe("target-unknown");
  });

  test("[ACC-5] a colleague's device is revoked by those who run the organisation, freshly proved", async () => {
    await on.server.pull("Nok on tablet");
    const body = { accountId: id("Nok"), id: id("tablet") };
    const revoke = (who: string) => on.server.post(who, peopleRoutes.revokeDevice, body);
    on.server.proved.ago = null;
    expect((await revoke("Ada")).json().error.code).toBe("step-up-required");
    on.server.proved.ago = 0;
    expect((await revoke("Sai")).statusCode).toBe(403);
    expect((await revoke("Ada")).statusCode).toBe(200);
    expect((await on.server.pullRaw("Nok on tablet")).json().error.code).toBe("device-revoked");
  });
};
