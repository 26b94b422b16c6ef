import { get } from "node:http";
import { describe, expect, it } from "vitest";
import { TestBrowser } from "#shared/testing/browser.ts";
import { createDevice, must, signIn, signInByHand } from "./testing/device.ts";
import { nok, startProvider, useSharedProvider } from "./testing/provider-process.ts";

const refused = (code: string) => ({ ok: false, error: { code } });
const callbackOf = (url: string) => new URL(url).searchParams.get("redirect_uri") ?? "";

const shared = useSharedProvider();

describe("signing in", () => {
  it("[ID-1] [AUTH-1] [AUTH-2] tells who is signed in, then and after a restart offline", async () => {
    const provider = await startProvider();
    const device = createDevice(provider.issuer);
    const { session, page, body } = await signIn(device.start());
    expect(session).toMatchObject({ ...nok, ended: false });
    expect(page.status).toBe(200);
    expect(body).toContain("You are signed in");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    await provider.kill();
    const restarted = device.start();
    expect(must(await restarted.session())).toEqual(session);
    expect(await restarted.accessToken()).toMatchObject(refused("provider-unreachable"));
    expect(must(await restarted.session())).toEqual(session);
  });

  it("[RFC 8252] uses PKCE, a state and a loopback port that closes when done", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    const pending = must(await device.start().beginSignIn({ locale: "th" }));
    const { searchParams } = new URL(pending.url);
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    expect(searchParams.get("state")?.length).toBeGreaterThan(20);
    expect(searchParams.get("nonce")?.length).toBeGreaterThan(20);
    const callback = callbackOf(pending.url);
    expect(callback).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    expect((await fetch(new URL("/favicon.ico", callback))).status).toBe(404);
    expect((await fetch(callback, { method: "POST" })).status).toBe(404);
    const redirect = await signInByHand(pending);
    const page = await (await fetch(redirect.url)).text();
    expect(page).toContain("ลงชื่อเข้าใช้แล้ว");
    await pending.waitForResult();
    await expect(fetch(redirect.url)).rejects.toThrow();
  });

  it("goes back to the host's own page, with what went wrong", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    const onSignedInPage = { redirectTo: "http://127.0.0.1:4000/app" };
    const { page } = await signIn(device.start({ onSignedInPage }));
    expect(page.headers.get("location")).toBe("http://127.0.0.1:4000/app");
    const pending = must(await device.start({ onSignedInPage }).beginSignIn({ locale: "en" }));
    const forged = await fetch(`${callbackOf(pending.url)}?code=x&state=y`, { redirect: "manual" });
    const location = forged.headers.get("location");
    expect(location).toBe("http://127.0.0.1:4000/app?sign-in-error=state-mismatch");
  });

  it("[RFC 8252] refuses a forged state, another issuer and another host name", async () => {
    const { issuer } = shared;
    const authenticator = createDevice(issuer).start();
    const first = must(await authenticator.beginSignIn({ locale: "en" }));
    const callback = callbackOf(first.url);
    const rebound = await new Promise((resolve) => {
      const headers = { host: "evil.example" };
      get(`${callback}?code=x`, { headers }, (answer) => resolve(answer.resume().statusCode));
    });
    expect(rebound).toBe(404);
    expect((await fetch(`${callback}?code=x&state=forged`)).status).toBe(400);
    expect(await first.waitForResult()).toMatchObject(refused("state-mismatch"));
    const second = must(await authenticator.beginSignIn({ locale: "en" }));
    const state = new URL(second.url).searchParams.get("state") ?? "";
    await fetch(`${callbackOf(second.url)}?code=x&state=${state}&iss=https://evil.example`);
    expect(await second.waitForResult()).toMatchObject(refused("wrong-issuer"));
    expect(must(await authenticator.session())).toBeUndefined();
  });

  it("[RFC 8252] refuses a code that another sign-in obtained", async () => {
    const { issuer } = shared;
    const authenticator = createDevice(issuer).start();
    const other = createDevice(issuer).start();
    const stolenFrom = must(await other.beginSignIn({ locale: "en" }));
    const code = new URL((await signInByHand(stolenFrom)).url).searchParams.get("code") ?? "";
    const pending = must(await authenticator.beginSignIn({ locale: "en" }));
    const state = new URL(pending.url).searchParams.get("state") ?? "";
    const iss = encodeURIComponent(issuer);
    await fetch(`${callbackOf(pending.url)}?code=${code}&state=${state}&iss=${iss}`);
    expect(await pending.waitForResult()).toMatchObject(refused("provider-refused"));
  });

  it("[ACC-5] ends when the person cancels there, here, or begins anew, or takes too long", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    const authenticator = device.start();
    const there = must(await authenticator.beginSignIn({ locale: "en" }));
    const browser = new TestBrowser();
    const redirect = await browser.submit(await browser.open(there.url), {}, "/cancel");
    const page = await fetch(redirect.url);
    expect(await page.text()).toContain("You are not signed in");
    expect(await there.waitForResult()).toEqual(refused("sign-in-cancelled"));
    const here = must(await authenticator.beginSignIn({ locale: "en" }));
    here.cancel();
    expect(await here.waitForResult()).toEqual(refused("sign-in-cancelled"));
    const replaced = must(await authenticator.beginSignIn({ locale: "en" }));
    must(await authenticator.beginSignIn({ locale: "en" }));
    expect(await replaced.waitForResult()).toEqual(refused("sign-in-cancelled"));
    const slow = must(await device.start({ signInTimeoutMs: 1 }).beginSignIn({ locale: "en" }));
    expect(await slow.waitForResult()).toEqual(refused("sign-in-timeout"));
    await expect(fetch(callbackOf(slow.url))).rejects.toThrow();
  });

  it("[AUTH-1] survives a wrong password", async () => {
    const { issuer } = shared;
    const pending = must(await createDevice(issuer).start().beginSignIn({ locale: "en" }));
    const browser = new TestBrowser();
    const page = await browser.open(pending.url);
    const again = await browser.submit(page, { login: "nok", password: "wrong" });
    expect(again.status).toBe(401);
    const redirect = await browser.submit(again, { login: "nok", password: "correct horse" });
    await fetch(redirect.url);
    expect(await pending.waitForResult()).toMatchObject({ ok: true });
  });

  it("[AUTH-1] says why it cannot begin", async () => {
    const provider = await startProvider();
    const device = createDevice(provider.issuer);
    const issuer = provider.issuer.replace("127.0.0.1", "localhost");
    const other = await device.start({ issuer }).beginSignIn({ locale: "en" });
    expect(other).toMatchObject(refused("wrong-issuer"));
    for (const insecure of ["http://id.example", "ftp://127.0.0.1", "nonsense"]) {
      const result = await device.start({ issuer: insecure }).beginSignIn({ locale: "en" });
      expect(result).toMatchObject(refused("insecure-issuer"));
    }
    await provider.kill();
    const away = await device.start().beginSignIn({ locale: "en" });
    expect(away).toMatchObject(refused("provider-unreachable"));
  });
});
