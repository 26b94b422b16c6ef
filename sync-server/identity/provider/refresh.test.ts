import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { createDeviceKey } from "../testing/device-key.ts";
import { createTokenVerifier } from "../verify-token.ts";
import {
  clientId,
  device,
  nok,
  refresh,
  resource,
  signIn,
  startProvider,
  Tokens,
} from "./testing/harness.ts";

const ended = { status: 400, body: { error: "invalid_grant" } };
const renew = async (issuer: string, refreshToken: string) =>
  Tokens.parse((await refresh(issuer, refreshToken)).body);

describe("refresh tokens", () => {
  it("[ACC-5] rotate, and keep the session's id", async () => {
    const { issuer } = await startProvider();
    const first = await signIn(issuer);
    const second = await renew(issuer, first.refresh_token);
    const third = await renew(issuer, second.refresh_token);
    expect(new Set([first, second, third].map((tokens) => tokens.refresh_token)).size).toBe(3);
    const sessions = [first, second, third].map((tokens) => decodeJwt(tokens.access_token).sid);
    expect(new Set(sessions).size).toBe(1);
    const verify = createTokenVerifier({ issuer, audience: resource });
    expect(await verify(third.access_token)).toMatchObject({ ok: true });
  });

  it("[ACC-5] end the session when one is used again", async () => {
    const { issuer } = await startProvider();
    const first = await signIn(issuer);
    const second = await renew(issuer, first.refresh_token);
    const third = await renew(issuer, second.refresh_token);
    expect(await refresh(issuer, first.refresh_token)).toMatchObject(ended);
    expect(await refresh(issuer, third.refresh_token)).toMatchObject(ended);
  });

  it("[ACC-5] end the session when one is used again late, its successor unused", async () => {
    let now = Date.now();
    const { issuer } = await startProvider({ now: () => now });
    const first = await signIn(issuer);
    const second = await renew(issuer, first.refresh_token);
    now += 121_000;
    expect(await refresh(issuer, first.refresh_token)).toMatchObject(ended);
    expect(await refresh(issuer, second.refresh_token)).toMatchObject(ended);
  });

  it("[ACC-5] survive answers lost on the way, as long as nobody has them", async () => {
    const { issuer } = await startProvider();
    const first = await signIn(issuer);
    await renew(issuer, first.refresh_token);
    const lost = await renew(issuer, first.refresh_token);
    const kept = await renew(issuer, first.refresh_token);
    const next = await renew(issuer, kept.refresh_token);
    expect(await refresh(issuer, lost.refresh_token)).toMatchObject(ended);
    expect(await refresh(issuer, next.refresh_token)).toMatchObject(ended);
  });

  it("[ACC-5] are spent once by requests that come together", async () => {
    const { issuer } = await startProvider();
    const first = await signIn(issuer);
    const answers = await Promise.all([1, 2, 3].map(() => refresh(issuer, first.refresh_token)));
    const working = [];
    for (const answer of answers.filter(({ status }) => status === 200)) {
      const { refresh_token: successor } = Tokens.parse(answer.body);
      working.push((await refresh(issuer, successor)).status);
    }
    expect(working.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
  });

  it("[AUTH-2] carry a role that changed, and end with the account", async () => {
    const { issuer, accounts } = await startProvider();
    const first = await signIn(issuer);
    const apps = { partners: "administrator" };
    accounts.put({ ...nok, apps });
    const second = await renew(issuer, first.refresh_token);
    expect(decodeJwt(second.access_token).apps).toEqual(apps);
    accounts.remove(nok.id);
    expect(await refresh(issuer, second.refresh_token)).toMatchObject(ended);
  });

  it("[RFC 9449] are of no use without the key of the device they were given to", async () => {
    const { issuer } = await startProvider();
    const first = await signIn(issuer);
    const thief = await createDeviceKey();
    expect(await refresh(issuer, first.refresh_token, thief)).toMatchObject(ended);
    const bare = await fetch(`${issuer}/token`, {
      method: "POST",
      body: new URLSearchParams({
        client_id: clientId,
        grant_type: "refresh_token",
        refresh_token: first.refresh_token,
      }),
    });
    expect(bare.status).toBe(400);
    // Nor does a thief end the session by trying.
    await renew(issuer, first.refresh_token);
  });

  it("[RFC 9449] want a nonce of the provider's in each proof, whatever the device's clock", async () => {
    const { issuer } = await startProvider();
    const url = `${issuer}/token`;
    const { refresh_token } = await signIn(issuer);
    const parameters = { client_id: clientId, grant_type: "refresh_token", refresh_token };
    const body = new URLSearchParams(parameters);
    const ask = async (nonce: string | null) =>
      fetch(url, {
        method: "POST",
        headers: { dpop: await device.proof({ method: "POST", url, nonce }) },
        body,
      });
    device.clock.offsetSeconds = -3 * 86_400;
    const first = await ask(null);
    expect(await first.json()).toMatchObject({ error: "use_dpop_nonce" });
    const second = await ask(first.headers.get("dpop-nonce"));
    device.clock.offsetSeconds = 0;
    expect(second.status).toBe(200);
  });

  it("[ACC-5] survive a restart of the provider, and are nowhere in its file", async () => {
    const before = await startProvider();
    const first = await signIn(before.issuer);
    await before.close();
    const { databaseFile, port } = before;
    const file = readFileSync(databaseFile);
    expect(
      file.includes(createHash("sha256").update(first.refresh_token).digest("base64url")),
    ).toBe(true);
    expect(file.includes(first.refresh_token)).toBe(false);
    expect(file.includes("correct horse")).toBe(false);
    const after = await startProvider({ databaseFile, port });
    const verify = createTokenVerifier({ issuer: after.issuer, audience: resource });
    expect(await verify(first.access_token)).toMatchObject({ ok: true });
    const second = await renew(after.issuer, first.refresh_token);
    expect(await verify(second.access_token)).toMatchObject({ ok: true });
  });
});
