import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { type BrowserPage, TestBrowser } from "#shared/testing/browser.ts";
import { type AuthenticatorOptions, createAuthenticator } from "../authenticator.ts";
import { createOwnerOnlyFileVault } from "../owner-only-file-vault.ts";
import type { ProofKey } from "../proof-key.ts";
import type { PendingSignIn } from "../sign-in.ts";
import { clientId, password, temporaryDirectory } from "./provider-process.ts";

/** A request an authenticator made. */
interface SeenRequest {
  path: string;
  body: string;
  /** The proof it was made with; empty where there was none. */
  proof: string;
  /** Refused only to be made again with the provider's nonce (RFC 9449, section 8). */
  renonced: boolean;
}

/** A device: one vault on disk, a clock that can be turned, and a record of its requests. */
export const createDevice = (issuer: string, options: Partial<AuthenticatorOptions> = {}) => {
  const file = join(temporaryDirectory(), "vault", "sign-in.json");
  const requests: SeenRequest[] = [];
  const clock = { offset: 0, now: () => Date.now() + clock.offset };
  const logged: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => logged.push(line) });

  /** The program started (again) on this device. */
  const start = (more: Partial<AuthenticatorOptions> = {}) => {
    const authenticator = createAuthenticator({
      issuer,
      clientId,
      tokenVault: createOwnerOnlyFileVault({ file, log }),
      clock,
      log,
      fetch: async (url, init) => {
        const proof = new Headers(init.headers).get("dpop") ?? "";
        const seen = { path: new URL(url).pathname, body: String(init.body ?? ""), proof };
        const request = { ...seen, renonced: false };
        requests.push(request);
        const answer = await fetch(url, init);
        if (answer.status === 400) {
          request.renonced = (await answer.clone().text()).includes("use_dpop_nonce");
        }
        return answer;
      },
      ...options,
      ...more,
    });
    onTestFinished(() => authenticator.close());
    return authenticator;
  };
  return {
    start,
    clock,
    requests,
    logged,
    file,
    /** Requests to the token endpoint that asked for a refresh, and were looked at. */
    refreshes: () =>
      requests.filter(
        ({ body, renonced }) => !renonced && body.includes("grant_type=refresh_token"),
      ),
    stored: (): { refreshToken?: string; idToken: string; proofKey?: ProofKey } =>
      JSON.parse(readFileSync(file, "utf8")),
  };
};

/** What the person does in the browser, up to the redirect back to the client. */
export const signInByHand = async (
  pending: Pick<PendingSignIn, "url">,
  browser = new TestBrowser(),
): Promise<BrowserPage> => {
  const page = await browser.open(pending.url);
  return browser.submit(page, { login: "nok", password });
};

/** Unwraps a result a test needs to go on. */
export const must = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
};

/** Signs in on a device, from the first click to the session. */
export const signIn = async (authenticator: ReturnType<typeof createAuthenticator>) => {
  const pending = must(await authenticator.beginSignIn({ locale: "en" }));
  const redirect = await signInByHand(pending);
  const page = await fetch(redirect.url, { redirect: "manual" });
  return { session: must(await pending.waitForResult()), page, body: await page.text() };
};
