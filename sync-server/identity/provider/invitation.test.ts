import { describe, expect, it } from "vitest";
import { TestBrowser } from "#shared/testing/browser.ts";
import { createInvitations } from "../testing/invitations.ts";
import {
  authorizationRequest,
  nok,
  password,
  redeem,
  startProvider,
  Tokens,
} from "./testing/harness.ts";

const lek = { ...nok, id: "acc-lek", login: "lek", name: "Lek", email: "lek@nera.example" };
const token = "an-invitation-of-some-length";
const chosen = { password: "four words of mine", again: "four words of mine" };

const invite = async (endsAt = Date.now() + 60_000) => {
  const whom = { name: "Lek <b>", email: lek.email, tenantName: "Nera" };
  const invitations = createInvitations([{ token, accountId: lek.id, endsAt, ...whom }]);
  const provider = await startProvider({ invitations });
  provider.accounts.put(lek);
  return provider;
};
const open = (issuer: string, invitation = token, more: Record<string, string> = {}) => {
  const request = authorizationRequest(issuer, { invitation, prompt: "login consent", ...more });
  const browser = new TestBrowser();
  return { request, browser, opened: browser.open(request.url) };
};

describe("[ACC-2] whoever is invited", () => {
  it("chooses a password, is signed in, and signs in with it from then on", async () => {
    const { issuer } = await invite();
    const { browser, opened, request } = open(issuer);
    const page = await opened;
    expect(page.body).toContain("Welcome, Lek &lt;b&gt;");
    expect(page.body).toContain("Nera invites you");
    expect(page.body).not.toContain('id="login"');
    const end = await browser.submit(page, chosen);
    const tokens = Tokens.parse((await redeem(issuer, end, request)).body);
    expect(tokens.access_token).toBeTruthy();
    const later = await new TestBrowser().open(authorizationRequest(issuer).url);
    const fields = { login: "lek", password: chosen.password };
    const again = await new TestBrowser().submit(later, fields);
    expect(again.status).toBe(400);
    const fresh = new TestBrowser();
    const form = await fresh.open(authorizationRequest(issuer).url);
    expect(new URL((await fresh.submit(form, fields)).url).searchParams.get("code")).toBeTruthy();
  });

  it("is told in place what is wrong with a password, and the invitation stays good", async () => {
    const { issuer, credentials } = await invite();
    const { browser, opened } = open(issuer, token, { ui_locales: "th" });
    let page = await opened;
    page = await browser.submit(page, { password: "too short", again: "too short" });
    expect([page.status, page.body]).toEqual([400, expect.stringContaining("อย่างน้อย 10")]);
    page = await browser.submit(page, { ...chosen, again: "something else" });
    expect([page.status, page.body]).toEqual([400, expect.stringContaining("ไม่ตรงกัน")]);
    expect(page.body).not.toContain(chosen.password);
    expect(credentials.has(lek.id)).toBe(false);
    const end = await browser.submit(page, chosen);
    expect(new URL(end.url).searchParams.get("code")).toBeTruthy();
  });

  it("accepts once: not again, not from two windows, not with a guess, not too late", async () => {
    const { issuer, credentials } = await invite();
    const [first, second] = [open(issuer), open(issuer)];
    const [one, other] = [await first.opened, await second.opened];
    await first.browser.submit(one, chosen);
    const attack = { password: "the thief's own words", again: "the thief's own words" };
    const refused = await second.browser.submit(other, attack);
    expect([refused.status, refused.body]).toEqual([410, expect.stringContaining("is used")]);
    expect(await credentials.verify(lek.id, attack.password)).toBe(false);
    expect(await credentials.verify(lek.id, chosen.password)).toBe(true);
    for (const guess of [token, "x".repeat(32)]) {
      const page = await open(issuer, guess).opened;
      expect([page.status, page.body]).toEqual([410, expect.stringContaining("is used")]);
    }
    const late = await invite(Date.now() - 1);
    expect((await open(late.issuer).opened).status).toBe(410);
  });

  it("sets nobody's password with a form of another sign-in", async () => {
    const { issuer, credentials } = await invite();
    const plain = new TestBrowser();
    const page = await plain.open(authorizationRequest(issuer, { prompt: "login" }).url);
    await plain.submit(page, { ...chosen, login: "lek" }, "/join");
    expect(credentials.has(lek.id)).toBe(false);
    expect(await credentials.verify(nok.id, password)).toBe(true);
  });
});
