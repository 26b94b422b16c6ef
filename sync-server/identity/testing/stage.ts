import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { INSTALLATION } from "#shared/sync/wire.ts";
import { TestBrowser } from "#shared/testing/browser.ts";
import { id } from "#shared/testing/builders.ts";
import { invitationsOf } from "../../access/invitations.ts";
import { buildApp } from "../../http/app.ts";
import type { Services } from "../../http/services.ts";
import { temporaryStore } from "../../testing/temporary-store.ts";
import { seed } from "../../testing/world.ts";
import { accountsOfStore } from "../account-source.ts";
import { createAuthenticate } from "../authenticate.ts";
import {
  authorizationRequest,
  clientId,
  password,
  redeem,
  resource,
  startProvider,
  Tokens,
  temporaryDirectory,
} from "../provider/testing/harness.ts";
import { createTokenVerifier } from "../verify-token.ts";
import { createDeviceKey, type DeviceKey } from "./device-key.ts";

/** What a request is made with; what is absent is as it should be. */
export interface Asked {
  method?: "GET" | "POST";
  body?: object;
  token?: string;
  scheme?: "DPoP" | "Bearer";
  /** The proof to send, instead of one that is made for the request; null sends none. */
  proof?: string | null;
  device?: string;
}

/** Who has signed in on one device, and the requests they make. */
export interface SignedIn {
  key: DeviceKey;
  tokens: Tokens;
  ask(path: string, asked?: Asked): Promise<Response>;
}

const log = pino({ level: "silent" });
// The server's port is not known before it listens: on a loopback address any is taken.
const publicUrl = "http://127.0.0.1";

/**
 * The real server with the real provider over one store with the test world, both on loopback ports:
 * people sign in as they would, with the password of the harness.
 */
export const setStage = async (options: Partial<Services> & { now?: () => string } = {}) => {
  const { store, remove } = await temporaryStore();
  await seed(store);
  const databaseFile = join(temporaryDirectory(), "identity.db");
  const now = options.now ?? (() => new Date().toISOString());
  const invitations = invitationsOf(store, now);
  const provider = await startProvider({
    databaseFile,
    accounts: accountsOfStore(store.db),
    invitations,
  });
  for (const name of ["Nok", "Tam"]) await provider.credentials.setPassword(id(name), password);
  const { issuer } = provider;
  const verify = createTokenVerifier({ issuer, audience: resource });
  const app = await buildApp({
    store,
    log,
    now,
    invitations,
    requestsPerMinute: 10_000,
    ...createAuthenticate({ verify, binding: "dpop", publicUrl, log }),
    signInWith: { issuer, clientId },
    endSignIns: async (accountId) => provider.endSignIns(accountId),
    ...options,
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    await app.close();
    await provider.close();
    await remove();
  });

  /** One request, exactly as told. */
  const send = async (path: string, key: DeviceKey, nonce: string | null, asked: Asked) => {
    const { method = "GET", token = "", scheme = "DPoP", body, device = "laptop" } = asked;
    const proof =
      asked.proof === undefined
        ? await key.proof({ method, url: `${url}${path}`, token, nonce })
        : asked.proof;
    return fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `${scheme} ${token}`,
        [INSTALLATION]: id(device),
        ...(proof === null ? {} : { dpop: proof }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };

  /** The nonce that is good now. */
  const nonce = async (): Promise<string> =>
    (await fetch(`${url}/health`)).headers.get("dpop-nonce") ?? "";

  const signIn = async (login: string, browser = new TestBrowser()): Promise<SignedIn> => {
    const key = await createDeviceKey();
    const request = authorizationRequest(issuer, { prompt: "login consent" });
    const page = await browser.submit(await browser.open(request.url), { login, password });
    const tokens = Tokens.parse((await redeem(issuer, page, request, key)).body);
    const ask = async (path: string, asked: Asked = {}) =>
      send(path, key, await nonce(), { token: tokens.access_token, ...asked });
    return { key, tokens, ask };
  };
  return { store, provider, issuer, url, send, nonce, signIn };
};

/** The status and the code of a refusal. */
export const refusal = async (answer: Response): Promise<[number, string]> => {
  const { error } = (await answer.json()) as { error: { code: string } };
  return [answer.status, error.code];
};
