import { describe, expect, it } from "vitest";
import { createDevice, must, signIn } from "./testing/device.ts";
import { clientId, startProvider, useSharedProvider } from "./testing/provider-process.ts";

const refused = (code: string) => ({ ok: false, error: { code } });
const almostTenMinutes = 9.5 * 60_000;

const shared = useSharedProvider();

describe("signing out", () => {
  it("[ACC-5] ends the session here at once, and at the provider when it is there", async () => {
    const provider = await startProvider();
    const device = createDevice(provider.issuer);
    const opened: string[] = [];
    const authenticator = device.start({ openUrl: (url) => void opened.push(url) });
    await signIn(authenticator);
    const { refreshToken = "" } = device.stored();
    const out = must(await authenticator.signOut());
    expect(out.revoked).toBe(true);
    expect(out.endSessionUrl).toContain("/session/end?");
    expect(opened.at(-1)).toBe(out.endSessionUrl);
    expect(await authenticator.accessToken()).toEqual(refused("not-signed-in"));
    expect(must(await device.start().session())).toBeUndefined();
    const parameters = { client_id: clientId, grant_type: "refresh_token" };
    const body = new URLSearchParams({ ...parameters, refresh_token: refreshToken });
    expect((await fetch(`${provider.issuer}/token`, { method: "POST", body })).status).toBe(400);

    await signIn(authenticator);
    const racing = device.start();
    device.clock.offset = almostTenMinutes;
    const [token] = await Promise.all([racing.accessToken(), racing.signOut()]);
    expect(token).toEqual(refused("not-signed-in"));
    expect(must(await device.start().session())).toBeUndefined();

    device.clock.offset = 0;
    await signIn(authenticator);
    await provider.kill();
    expect(must(await device.start().signOut())).toEqual({ revoked: false });
    expect(must(await device.start().session())).toBeUndefined();
  });

  it("leaves no token in the log, nor did anything before it", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    const authenticator = device.start();
    await signIn(authenticator);
    const { refreshToken = "", idToken } = device.stored();
    const token = must(await authenticator.accessToken());
    await authenticator.accessToken({ refused: token });
    await authenticator.signOut();
    const log = device.logged.join("");
    expect(log).toContain("signed out");
    for (const secret of [token, refreshToken, idToken]) expect(log).not.toContain(secret);
  });
});
