import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { type BrowserPage, TestBrowser } from "#shared/testing/browser.ts";
import type { SourceAccount } from "../../account-source.ts";
import { createAccounts } from "../../testing/accounts.ts";
import { createDeviceKey, type DeviceKey } from "../../testing/device-key.ts";
import { openIdentityDatabase } from "../database.ts";
import { SqliteCredentialStore } from "../sqlite-credential-store.ts";
import { type IdentityProviderOptions, startIdentityProvider } from "../start-identity-provider.ts";

export const clientId = "riversync-desktop";
export const resource = "http://127.0.0.1:9/sync";
export const password = "correct horse";
export const nok: SourceAccount = {
  id: "acc-nok",
  tenantId: "nera",
  login: "nok",
  apps: { partners: "coordinator", account: "member" },
  name: "Nok <Srisai>",
  email: "nok@nera.example",
  locale: "th",
  suspended: false,
};

const unwrap = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
};

/** A directory that goes away with the test. */
export const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), "identity-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

/** A real provider on a free port with one account; both end with the test. */
export const startProvider = async (
  options: Partial<IdentityProviderOptions> & { log?: IdentityProviderOptions["log"] } = {},
) => {
  const databaseFile = options.databaseFile ?? join(temporaryDirectory(), "identity.db");
  const db = unwrap(openIdentityDatabase(databaseFile));
  const accounts = createAccounts(nok);
  const credentials = new SqliteCredentialStore(db);
  if (!credentials.has(nok.id)) await credentials.setPassword(nok.id, password);
  const provider = unwrap(
    await startIdentityProvider({
      port: 0,
      accounts,
      credentials,
      log: pino({ level: "silent" }),
      clientId,
      resource,
      ...options,
      databaseFile,
    }),
  );
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= provider.close().finally(() => db.close());
    return closed;
  };
  onTestFinished(close);
  return { ...provider, close, accounts, credentials, databaseFile };
};

/** The address a client sends the browser to, and what it needs to redeem the code. */
export const authorizationRequest = (issuer: string, overrides: Record<string, string> = {}) => {
  const verifier = randomBytes(32).toString("base64url");
  const redirectUri = overrides.redirect_uri ?? "http://127.0.0.1:41234/callback";
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    scope: "openid offline_access profile",
    prompt: "consent",
    state: "some-state",
    nonce: "some-nonce",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...overrides,
    redirect_uri: redirectUri,
  });
  return { url: `${issuer}/auth?${query}`, verifier, redirectUri };
};

export const Tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  id_token: z.string(),
  expires_in: z.number(),
});
export type Tokens = z.infer<typeof Tokens>;

/** The device that signs in where a test does not say which. */
export const device = await createDeviceKey();

/** Posts to the token endpoint, with a proof of the device's key, and with the nonce it is told. */
export const token = async (
  issuer: string,
  parameters: Record<string, string>,
  key: DeviceKey = device,
) => {
  const url = `${issuer}/token`;
  const ask = async (nonce: string | null) =>
    fetch(url, {
      method: "POST",
      headers: { dpop: await key.proof({ method: "POST", url, nonce }) },
      body: new URLSearchParams({ client_id: clientId, ...parameters }),
    });
  const answer = await ask((await ask(null)).headers.get("dpop-nonce"));
  const body: unknown = await answer.json();
  return { status: answer.status, body };
};

export const refresh = (issuer: string, refreshToken: string, key: DeviceKey = device) =>
  token(issuer, { grant_type: "refresh_token", refresh_token: refreshToken }, key);

/** Redeems the code of the redirect a sign-in ended with. */
export const redeem = (
  issuer: string,
  page: BrowserPage,
  request: { verifier: string; redirectUri: string },
  key: DeviceKey = device,
) =>
  token(
    issuer,
    {
      grant_type: "authorization_code",
      code: new URL(page.url).searchParams.get("code") ?? "",
      code_verifier: request.verifier,
      redirect_uri: request.redirectUri,
    },
    key,
  );

/** Signs in as a person would and returns the tokens. */
export const signIn = async (issuer: string, browser = new TestBrowser()) => {
  const request = authorizationRequest(issuer);
  const page = await browser.open(request.url);
  const end = await browser.submit(page, { login: "nok", password });
  const { body } = await redeem(issuer, end, request);
  return Tokens.parse(body);
};
