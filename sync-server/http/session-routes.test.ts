import { expect, test } from "vitest";
import type { Access } from "#shared/domain/person/person.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { DevicesResponse, revokeRoute, sessionRoutes } from "#shared/sync/session.ts";
import { routes } from "#shared/sync/wire.ts";
import { id } from "#shared/testing/builders.ts";
import { restoreAccount, suspendAccount } from "../access/change-account.ts";
import { hashOfInvitation } from "../identity/invitation-source.ts";
import { clientId, refresh } from "../identity/provider/testing/harness.ts";
import { refusal, type SignedIn, setStage } from "../identity/testing/stage.ts";
import { writeRecords } from "../sync/write-records.ts";

const post = { method: "POST", body: {} } as const;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const change = () => ({
  by: { accountId: "", name: "operator", tenantId: "", tenantName: "" },
  at: inMinutes(0),
});
const devicesOf = async ({ ask }: SignedIn, device?: string) =>
  DevicesResponse.parse(await (await ask(sessionRoutes.devices, device ? { device } : {})).json())
    .devices;

test("[ID-1] the server says whom to sign in with, to anybody", async () => {
  const { url, issuer } = await setStage();
  const answer = await fetch(`${url}${sessionRoutes.discovery}`);
  expect(await answer.json()).toEqual({ protocol: PROTOCOL, issuer, clientId });
});

test("[ID-1] a token of another organisation than the account's is refused", async () => {
  const { signIn, store } = await setStage();
  const { ask } = await signIn("Nok");
  expect((await ask(sessionRoutes.devices)).status).toBe(200);
  await store.db
    .updateTable("account")
    .set({ tenant_id: id("Rival") })
    .where("id", "=", id("Nok"))
    .execute();
  expect(await refusal(await ask(sessionRoutes.devices))).toEqual([403, "account-unknown"]);
});

test("[AUTH-1] a suspended account is refused within its token's life, and renews nothing", async () => {
  const { signIn, store, issuer } = await setStage();
  const { ask, tokens, key } = await signIn("Nok");
  expect((await suspendAccount(store, id("Nok"), change())).ok).toBe(true);
  expect(await refusal(await ask(routes.me))).toEqual([403, "account-suspended"]);
  expect(await refresh(issuer, tokens.refresh_token, key)).toMatchObject({
    status: 400,
    body: { error: "invalid_grant" },
  });
  expect((await restoreAccount(store, id("Nok"), change())).ok).toBe(true);
  expect((await ask(routes.me)).status).toBe(200);
});

test("[ACC-5] a person sees their own devices, which one this is, and nobody else's", async () => {
  const { signIn } = await setStage();
  const [nok, tam] = [await signIn("Nok"), await signIn("Tam")];
  await nok.ask(routes.me, { device: "tablet" });
  await tam.ask(routes.me, { device: "phone" });
  const devices = await devicesOf(nok, "laptop");
  expect(devices.map(({ id, here }) => ({ id, here }))).toEqual(
    expect.arrayContaining([
      { id: id("laptop"), here: true },
      { id: id("tablet"), here: false },
    ]),
  );
  expect(devices).toHaveLength(2);
});

test("[ACC-5] [S9] a person revokes a device of their own, and of nobody else", async () => {
  const { signIn } = await setStage();
  const [nok, lost, tam] = [await signIn("Nok"), await signIn("Nok"), await signIn("Tam")];
  await lost.ask(routes.me, { device: "shared" });
  await tam.ask(routes.me, { device: "shared" });
  await tam.ask(routes.me, { device: "phone" });
  const revoke = (device: string) => nok.ask(revokeRoute(id(device)), post);
  expect(await refusal(await revoke("phone"))).toEqual([404, "not-found"]);
  expect((await revoke("shared")).status).toBe(200);
  for (const device of ["shared", "another name"]) {
    expect(await refusal(await lost.ask(routes.me, { device }))).toEqual([401, "device-revoked"]);
  }
  expect((await tam.ask(routes.me, { device: "shared" })).status).toBe(200);
  const [revoked] = (await devicesOf(nok)).filter((device) => device.id === id("shared"));
  expect(revoked).toMatchObject({ revokedAt: expect.any(String), wipedAt: null });
});

test("[ACC-5] dangerous acts want a sign-in made just now", async () => {
  const { signIn } = await setStage({ now: () => inMinutes(10.5) });
  const { ask } = await signIn("Nok");
  for (const path of [sessionRoutes.signOutEverywhere, revokeRoute(id("laptop"))]) {
    const answer = await ask(path, post);
    expect(answer.headers.get("www-authenticate")).toBeNull();
    expect(await refusal(answer)).toEqual([403, "step-up-required"]);
  }
  expect((await ask(sessionRoutes.devices)).status).toBe(200);
});

test("[ACC-5] signing out everywhere ends every sign-in of before, and none of after", async () => {
  const { signIn, issuer } = await setStage();
  const [laptop, tablet, tam] = [await signIn("Nok"), await signIn("Nok"), await signIn("Tam")];
  const live = await tablet.ask(routes.live, { device: "tablet" });
  expect((await laptop.ask(sessionRoutes.signOutEverywhere, post)).status).toBe(200);
  for (const { ask, tokens, key } of [laptop, tablet]) {
    expect(await refusal(await ask(routes.me))).toEqual([401, "session-ended"]);
    expect((await refresh(issuer, tokens.refresh_token, key)).status).toBe(400);
  }
  // The stream that was open ends, and says that something has changed.
  expect(await live.text()).toContain("event: changed");
  expect((await tam.ask(routes.me)).status).toBe(200);
  expect((await refresh(issuer, tam.tokens.refresh_token, tam.key)).status).toBe(200);
  // Tokens count whole seconds: of this one none is taken any more.
  await expect
    .poll(async () => (await (await signIn("Nok")).ask(routes.me)).status, { timeout: 5000 })
    .toBe(200);
});

test("[ACC-5] one account cannot ask without end, and its session less than all else", async () => {
  const { signIn } = await setStage({ requestsPerAccount: 5 });
  const [nok, tam] = [await signIn("Nok"), await signIn("Tam")];
  for (let asked = 0; asked < 5; asked += 1) expect((await nok.ask(routes.me)).status).toBe(200);
  expect(await refusal(await nok.ask(routes.me))).toEqual([429, "rate-limited"]);
  expect((await tam.ask(routes.me)).status).toBe(200);
  const many = Array.from({ length: 61 }, () => tam.ask(sessionRoutes.discovery));
  expect((await Promise.all(many)).filter(({ status }) => status === 429)).toHaveLength(1);
});

test("[ID-1] an identity of another issuer is an account's once it has accepted an invitation", async () => {
  const invitation = "an-invitation-of-some-length";
  const fresh = { expiresAt: Date.now() + 60_000, authTime: Date.now() };
  const { url, store } = await setStage({
    authenticate: async ({ authorization = "" }) => {
      const sub = authorization.replace("DPoP ", "");
      const caller = { ...fresh, sub, tenant: null, externalIssuer: "https://id.example" };
      return { ok: true, value: caller };
    },
  });
  const access: Access = {
    ...{ email: "ivy@nera.example", locale: "en", status: "invited", scope: null },
    roles: { partners: id("role of Nok") },
    ...{ invitedBy: "Ada", invitedAt: null, inviteUntil: "2999-01-01T00:00:00.000Z" },
    inviteHash: hashOfInvitation(invitation),
  };
  const ivy = { id: id("Ivy"), tenantId: id("Nera"), name: "Ivy", roleName: "", takesWork: true };
  await store.db
    .transaction()
    .execute((tx) =>
      writeRecords(
        tx,
        [{ kind: "person", id: ivy.id, data: { ...ivy, access } }],
        new Date().toISOString(),
      ),
    );
  const ask = (sub: string, path: string, body?: object) =>
    fetch(`${url}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `DPoP ${sub}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  expect(await refusal(await ask("u-1", sessionRoutes.devices))).toEqual([401, "identity-unknown"]);
  // The id of an account is not an identity of it.
  expect(await refusal(await ask(id("Tam"), sessionRoutes.devices))).toEqual([
    401,
    "identity-unknown",
  ]);
  const guessed = await ask("u-1", sessionRoutes.accept, { invitation: "x".repeat(32) });
  expect(await refusal(guessed)).toEqual([401, "invitation-ended"]);
  expect((await ask("u-1", sessionRoutes.accept, { invitation })).status).toBe(200);
  expect((await ask("u-1", sessionRoutes.devices)).status).toBe(200);
  const again = await ask("u-2", sessionRoutes.accept, { invitation });
  expect(await refusal(again)).toEqual([401, "invitation-ended"]);
  const other = await ask("u-1", sessionRoutes.accept, { invitation });
  expect(await refusal(other)).toEqual([401, "identity-bound"]);
});
