import { describe, expect, it } from "vitest";
import { TestBrowser } from "#shared/testing/browser.ts";
import {
  authorizationRequest,
  clientId,
  nok,
  password,
  redeem,
  refresh,
  signIn,
  startProvider,
  Tokens,
} from "./testing/harness.ts";

const revoke = (issuer: string, token: string) =>
  fetch(`${issuer}/token/revocation`, {
    method: "POST",
    body: new URLSearchParams({ client_id: clientId, token }),
  });

describe("the browser's session", () => {
  it("[RFC 8252] signs another client in only after the person agrees", async () => {
    const { issuer } = await startProvider();
    const browser = new TestBrowser();
    const first = await signIn(issuer, browser);
    const request = authorizationRequest(issuer);
    const page = await browser.open(request.url);
    expect(page.body).toContain("Continue as Nok &lt;Srisai&gt;?");
    const end = await browser.submit(page);
    const second = Tokens.parse((await redeem(issuer, end, request)).body);
    await revoke(issuer, second.refresh_token);
    expect((await refresh(issuer, second.refresh_token)).status).toBe(400);
    expect((await refresh(issuer, first.refresh_token)).status).toBe(200);
  });

  it("[ID-1] can be left for another account, without ending the first one's sign-in", async () => {
    const { issuer, accounts, credentials } = await startProvider();
    accounts.put({ ...nok, id: "acc-lek", tenantId: "mega", name: "Lek", login: "lek" });
    await credentials.setPassword("acc-lek", password);
    const browser = new TestBrowser();
    const first = await signIn(issuer, browser);
    const request = authorizationRequest(issuer);
    const form = await browser.submit(await browser.open(request.url), {}, "/other");
    expect(form.body).toContain('id="password"');
    const handOver = await browser.submit(form, { login: "lek", password });
    const end = await browser.submit(handOver);
    const { body } = await redeem(issuer, end, request);
    expect(Tokens.safeParse(body).success).toBe(true);
    expect((await browser.open(authorizationRequest(issuer).url)).body).toContain("Lek");
    expect((await refresh(issuer, first.refresh_token)).status).toBe(200);
  });

  it("[ACC-5] ends when the client revokes its refresh token", async () => {
    const { issuer } = await startProvider();
    const browser = new TestBrowser();
    const tokens = await signIn(issuer, browser);
    expect((await revoke(issuer, tokens.refresh_token)).status).toBe(200);
    expect((await refresh(issuer, tokens.refresh_token)).status).toBe(400);
    const page = await browser.open(authorizationRequest(issuer).url);
    expect(page.body).toContain('id="password"');
  });

  it("[ACC-5] signs out at once for the client that proves whose session it is", async () => {
    const { issuer } = await startProvider();
    const browser = new TestBrowser();
    const tokens = await signIn(issuer, browser);
    const page = await browser.open(`${issuer}/session/end?id_token_hint=${tokens.id_token}`);
    expect(page.body).toContain('getElementById("sign-out").submit()');
    expect(page.headers.get("content-security-policy")).toContain("script-src 'nonce-");
    const end = await browser.submit(page);
    expect(end.body).toContain("You are signed out");
    const again = await browser.open(authorizationRequest(issuer).url);
    expect(again.body).toContain('id="password"');
  });

  it("[ACC-5] asks before any other page may sign the person out", async () => {
    const { issuer } = await startProvider();
    const browser = new TestBrowser();
    await signIn(issuer, browser);
    const page = await browser.open(`${issuer}/session/end?client_id=${clientId}`);
    expect(page.body).toContain("Sign out of RiverSync ID?");
    expect(page.body).not.toContain("<script");
    const foreign = `${issuer}/session/end?client_id=${clientId}&post_logout_redirect_uri=https://evil.example/`;
    expect((await browser.open(foreign)).status).toBe(400);
  });
});
