import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { TestBrowser } from "#shared/testing/browser.ts";
import { createTokenVerifier } from "../verify-token.ts";
import {
  authorizationRequest,
  clientId,
  device,
  nok,
  password,
  redeem,
  resource,
  signIn,
  startProvider,
  Tokens,
  token,
} from "./testing/harness.ts";

describe("signing in", () => {
  it("[ID-1] [AUTH-1] [AUTH-2] gives a token with one tenant and a role for each app", async () => {
    const { issuer } = await startProvider();
    const tokens = await signIn(issuer);
    const verify = createTokenVerifier({ issuer, audience: resource });
    const verified = await verify(tokens.access_token);
    expect(verified).toMatchObject({
      ok: true,
      value: { sub: nok.id, tenant: nok.tenantId, apps: nok.apps, thumbprint: device.thumbprint },
    });
    expect(verified.ok && verified.value.sessionId).toBeTruthy();
    const claims = decodeJwt(tokens.access_token);
    expect(claims.aud).toBe(resource);
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
    const jwks = (await (await fetch(`${issuer}/jwks`)).json()) as JSONWebKeySet;
    const id = await jwtVerify(tokens.id_token, createLocalJWKSet(jwks), { audience: clientId });
    expect(id.protectedHeader.alg).toBe("ES256");
    const { id: sub, tenantId: tenant, apps, name, email } = nok;
    expect(id.payload).toMatchObject({ sub, tenant, apps, name, email, nonce: "some-nonce" });
    expect(claims.auth_time).toBe(id.payload.auth_time);
  });

  it("[AUTH-1] answers a wrong password in place, and keeps the login", async () => {
    const { issuer } = await startProvider();
    const browser = new TestBrowser();
    const page = await browser.open(authorizationRequest(issuer).url);
    const again = await browser.submit(page, { login: '"nok', password: "wrong" });
    expect(again.status).toBe(401);
    expect(again.body).toContain('role="alert"');
    expect(again.body).toContain("do not match");
    expect(again.body).toContain('value="&quot;nok"');
    expect(again.body).not.toContain('wrong"');
    const end = await browser.submit(again, { login: "NOK", password });
    expect(new URL(end.url).searchParams.get("code")).toBeTruthy();
  });

  it("[AUTH-1] tells a suspended person so, and nobody who does not know the password", async () => {
    const { issuer, accounts } = await startProvider();
    const browser = new TestBrowser();
    const page = await browser.open(authorizationRequest(issuer).url);
    accounts.put({ ...nok, suspended: true });
    const guessed = await browser.submit(page, { login: "nok", password: "wrong" });
    expect([guessed.status, guessed.body]).toEqual([401, expect.stringContaining("do not match")]);
    const refused = await browser.submit(guessed, { login: "nok", password });
    expect([refused.status, refused.body]).toEqual([403, expect.stringContaining("suspended")]);
    accounts.put(nok);
    const end = await browser.submit(refused, { login: "nok", password });
    expect(new URL(end.url).searchParams.get("code")).toBeTruthy();
  });

  it("[AUTH-1] slows down guessing per login and address", async () => {
    let now = Date.now();
    const { issuer } = await startProvider({ now: () => now });
    const browser = new TestBrowser();
    let page = await browser.open(authorizationRequest(issuer).url);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      page = await browser.submit(page, { login: "nok", password: "wrong" });
      expect(page.status).toBe(401);
    }
    const right = await browser.submit(page, { login: "nok", password });
    expect(right.status).toBe(429);
    expect(right.body).toContain("15 seconds");
    now += 16_000;
    const end = await browser.submit(right, { login: "nok", password });
    expect(new URL(end.url).searchParams.get("code")).toBeTruthy();
  });

  it("speaks the person's language, and loads nothing from outside", async () => {
    const { issuer } = await startProvider();
    const thai = await new TestBrowser().open(
      authorizationRequest(issuer, { ui_locales: "de th" }).url,
    );
    expect(thai.body).toContain('lang="th"');
    expect(thai.body).toContain("รหัสผ่าน");
    const byBrowser = await new TestBrowser().open(authorizationRequest(issuer).url, {
      headers: { "accept-language": "th-TH,th;q=0.9,en;q=0.8" },
    });
    expect(byBrowser.body).toContain('lang="th"');
    const policy = thai.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*\.|https:/);
    expect(thai.body).not.toMatch(/(src|href)="/);
    const font = /url\("(\/fonts\/[^"]*thai-thai[^"]*)"\)/.exec(thai.body)?.[1] ?? "";
    expect((await fetch(`${issuer}${font}`)).headers.get("content-type")).toBe("font/woff2");
    expect((await fetch(`${issuer}/fonts/../package.json`)).status).toBe(404);
  });

  it("offers the demo's accounts only in the demo", async () => {
    const plain = await startProvider();
    const url = authorizationRequest(plain.issuer).url;
    expect((await new TestBrowser().open(url)).body).not.toContain("data-login");
    const demo = await startProvider({
      demoAccounts: [{ login: "nok", name: nok.name, role: "Coordinator · Nera" }],
      demoPassword: password,
    });
    const page = await new TestBrowser().open(authorizationRequest(demo.issuer).url);
    expect(page.body).toContain('data-login="nok"');
    expect(page.body).toContain("Nok &lt;Srisai&gt;");
    expect(page.body).toContain(`<code>${password}</code>`);
  });

  it("[ACC-5] gives a cancelled sign-in back to the client as refused", async () => {
    const { issuer } = await startProvider();
    const browser = new TestBrowser();
    const page = await browser.open(authorizationRequest(issuer).url);
    const end = await browser.submit(page, {}, "/cancel");
    const { origin, searchParams } = new URL(end.url);
    expect(origin).toBe("http://127.0.0.1:41234");
    expect(searchParams.get("error")).toBe("access_denied");
    expect(searchParams.get("state")).toBe("some-state");
  });

  it("[AUTH-1] takes a form only from its own page", async () => {
    const { issuer } = await startProvider();
    const browser = new TestBrowser();
    const page = await browser.open(authorizationRequest(issuer).url);
    const values = { login: "nok", password };
    const forged = await browser.submit(page, { ...values, form_token: "x" });
    expect(forged.status).toBe(400);
    const elsewhere = await browser.submit(page, values, undefined, {
      origin: "https://evil.example",
    });
    expect(elsewhere.status).toBe(400);
    expect((await new TestBrowser().submit(page, values)).status).toBe(400);
  });
});

describe("the native client", () => {
  it("[RFC 8252] may listen on any loopback port", async () => {
    const { issuer } = await startProvider();
    for (const port of [1025, 65_535]) {
      const redirect = { redirect_uri: `http://127.0.0.1:${port}/callback` };
      const page = await new TestBrowser().open(authorizationRequest(issuer, redirect).url);
      expect(page.body).toContain('id="sign-in"');
    }
  });

  it("[RFC 8252] is never redirected anywhere else", async () => {
    const { issuer } = await startProvider();
    for (const redirectUri of [
      "https://evil.example/callback",
      "http://127.0.0.1.evil.example/callback",
      "http://127.0.0.1@evil.example/callback",
      "http://user@127.0.0.1:41234/callback",
      "http://localhost:41234/callback",
      "http://127.0.0.1:41234/callback/../elsewhere",
      "http://127.0.0.1:41234/callback?next=https://evil.example",
      "http://127.0.0.1:41234/other",
      "https://127.0.0.1:41234/callback",
      "javascript:alert(1)",
      "//evil.example/callback",
    ]) {
      const { url } = authorizationRequest(issuer, { redirect_uri: redirectUri });
      const page = await new TestBrowser().open(url);
      expect({ redirectUri, status: page.status, url: page.url }).toEqual({
        redirectUri,
        status: 400,
        url,
      });
    }
  });

  it("[RFC 8252] must use PKCE with S256, and each code only once", async () => {
    const { issuer } = await startProvider();
    for (const bad of [{ code_challenge: "" }, { code_challenge_method: "plain" }]) {
      const page = await new TestBrowser().open(authorizationRequest(issuer, bad).url);
      expect(new URL(page.url).searchParams.get("error")).toBe("invalid_request");
    }
    const request = authorizationRequest(issuer);
    const browser = new TestBrowser();
    const end = await browser.submit(await browser.open(request.url), { login: "nok", password });
    const stolen = await redeem(issuer, end, { ...request, verifier: "a".repeat(43) });
    expect(stolen).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    const tokens = Tokens.parse((await redeem(issuer, end, request)).body);
    const twice = await redeem(issuer, end, request);
    expect(twice).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    const after = await token(issuer, {
      grant_type: "refresh_token",
      refresh_token: tokens.refresh_token,
    });
    expect(after).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });
});
