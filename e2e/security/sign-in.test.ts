import { request } from "node:http";
import { Writable } from "node:stream";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import {
  authorizationRequest,
  clientId,
  password,
  redeem,
  startProvider,
} from "#server/identity/provider/testing/harness.ts";
import { TestBrowser } from "#shared/testing/browser.ts";

/** One request as it is written: `fetch` would neither send another host, nor such a path. */
const raw = (url: string, headers: Record<string, string>) =>
  new Promise<{ status: number; location: string; text: string }>((resolve, reject) => {
    request(url, { headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (data) => {
        text += data;
      });
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? "", text }),
      );
    })
      .on("error", reject)
      .end();
  });

const evil = "evil.example";

describe("[AUTH-1] signing in", () => {
  test("sends nobody anywhere but back to the app on this computer", async () => {
    const { issuer } = await startProvider();
    const elsewhere = [
      ...[`https://${evil}/callback`, `http://${evil}/callback`, `//${evil}/callback`],
      ...[`http://127.0.0.1.${evil}/callback`, `http://127.0.0.1@${evil}/callback`],
      ...[`http://127.0.0.1:80@${evil}/callback`, `http://${evil}#http://127.0.0.1/callback`],
      ...[`http://127.0.0.1\\@${evil}/callback`, "javascript:alert(1)", "data:text/html,x"],
      ...["http://127.0.0.1/callback/../other", "http://127.0.0.1/callback?next=//evil.example"],
      ...["http://127.0.0.1/callback#x", "https://127.0.0.1/callback", "http://0.0.0.0/callback"],
      ...[
        "http://127.1/callback",
        "http://127.0.0.2/callback",
        "http://[::1]/callback",
        "riversync://x",
        "",
      ],
    ];
    for (const redirect_uri of elsewhere) {
      const answer = await raw(authorizationRequest(issuer, { redirect_uri }).url, {});
      expect([redirect_uri, answer.status, answer.location]).toEqual([redirect_uri, 400, ""]);
    }
    for (const post_logout_redirect_uri of elsewhere) {
      const query = new URLSearchParams({ client_id: clientId, post_logout_redirect_uri });
      const { status, location } = await raw(`${issuer}/session/end?${query}`, {});
      if (post_logout_redirect_uri === "") continue;
      expect([post_logout_redirect_uri, status, location]).toEqual([
        post_logout_redirect_uri,
        400,
        "",
      ]);
    }
    const unknown = {
      client_id: "another-app",
      response_type: "token",
      response_mode: "form_post",
    };
    for (const [name, value] of Object.entries(unknown)) {
      const { status, location } = await raw(
        authorizationRequest(issuer, { [name]: value }).url,
        {},
      );
      expect([name, status >= 300 && !location.startsWith(`${issuer}/interaction`)]).toEqual([
        name,
        true,
      ]);
      expect(location).not.toContain(evil);
    }
  });

  test("hands what it was sent back as text: no header more, no element more", async () => {
    const { issuer } = await startProvider();
    const script = '"><script>alert(1)</script>';
    const odd = {
      ...{
        login_hint: script,
        ui_locales: `${script} th`,
        state: `x\r\nSet-Cookie: evil=1\r\n\r\n${script}`,
      },
      ...{ invitation: script, nonce: script, acr_values: script },
    };
    const browser = new TestBrowser();
    for (const [name, value] of Object.entries(odd)) {
      const page = await browser.open(authorizationRequest(issuer, { [name]: value }).url);
      expect([name, page.body.includes("<script>alert")]).toEqual([name, false]);
      expect(page.headers.get("set-cookie") ?? "").not.toContain("evil");
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    }
    const wrong = [
      "scope",
      "prompt",
      "response_type",
      "code_challenge_method",
      "resource",
      "claims",
    ];
    for (const name of wrong) {
      const page = await browser.open(authorizationRequest(issuer, { [name]: script }).url);
      expect([name, page.body.includes("<script>alert")]).toEqual([name, false]);
    }
    const form = await browser.open(authorizationRequest(issuer, { prompt: "login" }).url);
    const again = await browser.submit(form, { login: `${script}\r\n\0`, password: script });
    expect(again.body).not.toContain("<script>alert");
    const request = authorizationRequest(issuer, { state: `x\r\nEvil: 1` });
    const fresh = new TestBrowser();
    const end = await fresh.submit(await fresh.open(request.url), { login: "nok", password });
    expect(end.headers.get("evil")).toBeNull();
    expect(new URL(end.url).searchParams.get("state")).toBe("x\r\nEvil: 1");
  });

  test("a host that is not its own changes nothing of where it sends people", async () => {
    const { issuer } = await startProvider();
    const headers: Record<string, string>[] = [
      { host: evil },
      { host: `127.0.0.1@${evil}` },
      { "x-forwarded-host": evil, "x-forwarded-proto": "https", forwarded: `host=${evil}` },
      { "x-original-url": "/x", "x-rewrite-url": "/x" },
    ];
    for (const one of headers) {
      for (const url of [
        `${issuer}/.well-known/openid-configuration`,
        authorizationRequest(issuer).url,
        `${issuer}/session/end`,
      ]) {
        const answer = await raw(url, one);
        expect([one, url, `${answer.location}${answer.text}`]).toEqual([
          one,
          url,
          expect.not.stringContaining(evil),
        ]);
      }
    }
  });

  test("a code is good once, for the app that asked, with its verifier and its key", async () => {
    const { issuer } = await startProvider();
    const signedIn = async (over: Record<string, string> = {}) => {
      const asked = authorizationRequest(issuer, over);
      const browser = new TestBrowser();
      const page = await browser.submit(await browser.open(asked.url), { login: "nok", password });
      return { page, asked };
    };
    const first = await signedIn();
    expect(await redeem(issuer, first.page, first.asked)).toMatchObject({ status: 200 });
    const refused = { status: 400, body: { error: "invalid_grant" } };
    expect(await redeem(issuer, first.page, first.asked)).toMatchObject(refused);
    const other = await signedIn();
    const verifier = "x".repeat(43);
    expect(await redeem(issuer, other.page, { ...other.asked, verifier })).toMatchObject(refused);
    const third = await signedIn();
    const redirectUri = "http://127.0.0.1:1/callback";
    expect(await redeem(issuer, third.page, { ...third.asked, redirectUri })).toMatchObject(
      refused,
    );
    for (const over of [{ code_challenge: "" }, { code_challenge_method: "plain" }]) {
      const answer = await raw(authorizationRequest(issuer, over).url, {});
      expect(answer.location).not.toContain("/interaction/");
    }
  });

  test("nothing of what is typed makes a line of the log", async () => {
    const lines: string[] = [];
    const write = (chunk: Buffer, _encoding: string, done: () => void) => {
      lines.push(String(chunk));
      done();
    };
    const log = pino({ level: "trace" }, new Writable({ write }));
    const { issuer } = await startProvider({ log });
    const browser = new TestBrowser();
    const typed = 'nok\n{"level":60,"msg":"forged"}\n\u001b[2J';
    const page = await browser.open(
      authorizationRequest(issuer, { login_hint: typed, client_id: clientId }).url,
    );
    await browser.submit(page, { login: typed, password: `${typed} hunter2` });
    await raw(authorizationRequest(issuer, { scope: typed, redirect_uri: typed }).url, {
      "user-agent": "x",
    });
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect(JSON.parse(line)).not.toMatchObject({ msg: "forged" });
      expect(line.indexOf("\n")).toBe(line.length - 1);
      expect(line).not.toContain("hunter2");
      expect(line).not.toContain("\u001b");
    }
  });
});
