import * as oidc from "openid-client";
import { err, ok, type Result } from "#shared/result.ts";
import { type AuthError, explainProviderFailure } from "./auth-error.ts";
import { keyPairOf, type ProofKey } from "./proof-key.ts";

/** As much of `fetch` as is needed here. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Which provider, as whom, and by which clock. */
export interface ProviderClientOptions {
  issuer: string;
  clientId: string;
  clock: { now(): number };
  fetch: Fetch;
}

/** Tokens as the provider answered them, checked. */
export type Tokens = Awaited<ReturnType<typeof oidc.refreshTokenGrant>>;

const timeoutSeconds = 20;
/** Signing out must not keep a person waiting for a network that is not there. */
const farewellSeconds = 5;
const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Tokens travel in the clear over http, which is bearable only inside this computer. */
const insecure = (issuer: URL): boolean =>
  issuer.protocol !== "https:" && !(issuer.protocol === "http:" && loopback.has(issuer.hostname));

/** Talks to one OpenID provider; its discovery document is read once and kept. */
export const createProviderClient = (options: ProviderClientOptions) => {
  let metadata: oidc.ServerMetadata | undefined;
  /** Of the last answer: the provider's clock minus this device's, in seconds. */
  let skewSeconds = 0;
  let systemSkewSeconds = 0;

  const observedFetch: oidc.CustomFetch = async (url, init) => {
    const answer = await options.fetch(url, init as RequestInit);
    const date = Date.parse(answer.headers.get("date") ?? "");
    if (!Number.isNaN(date)) {
      skewSeconds = (date - options.clock.now()) / 1000;
      systemSkewSeconds = Math.round((date - Date.now()) / 1000);
    }
    return answer;
  };

  const configure = (
    server: oidc.ServerMetadata,
    fetch: oidc.CustomFetch = observedFetch,
  ): oidc.Configuration => {
    // A wrong device clock is reported, never a reason to lose a session over.
    const client = { [oidc.clockSkew]: systemSkewSeconds };
    const configuration = new oidc.Configuration(server, options.clientId, client, oidc.None());
    configuration[oidc.customFetch] = fetch;
    configuration.timeout = timeoutSeconds;
    if (new URL(options.issuer).protocol === "http:") oidc.allowInsecureRequests(configuration);
    return configuration;
  };

  const discover = async (
    timeout = timeoutSeconds,
  ): Promise<Result<oidc.ServerMetadata, AuthError>> => {
    if (!URL.canParse(options.issuer) || insecure(new URL(options.issuer))) {
      return err({ code: "insecure-issuer", issuer: options.issuer });
    }
    const issuer = new URL(options.issuer);
    try {
      const found = await oidc.discovery(issuer, options.clientId, undefined, oidc.None(), {
        [oidc.customFetch]: observedFetch,
        timeout,
        execute: issuer.protocol === "http:" ? [oidc.allowInsecureRequests] : [],
      });
      metadata = found.serverMetadata();
      return ok(metadata);
    } catch (cause) {
      return err(explainProviderFailure(cause));
    }
  };

  const server = async (timeout = timeoutSeconds) =>
    metadata === undefined ? discover(timeout) : ok(metadata);

  return {
    /** A configuration that was just read from the provider, so that it is known to be there. */
    connect: async (): Promise<Result<oidc.Configuration, AuthError>> => {
      const found = await discover();
      return found.ok ? ok(configure(found.value)) : found;
    },

    /**
     * Trades a refresh token for new tokens. `keep` gets the rotated refresh token the moment it
     * arrives, before anything else in the answer is looked at: the old one is spent already.
     */
    refresh: async (
      refreshToken: string,
      key: ProofKey,
      keep: (rotated: string) => Promise<Result<void, AuthError>>,
    ): Promise<Result<Tokens, AuthError>> => {
      const found = await server();
      if (!found.ok) return found;
      let kept: Result<void, AuthError> = ok(undefined);
      const keepingFetch: oidc.CustomFetch = async (url, init) => {
        const answer = await observedFetch(url, init);
        const body: unknown = await answer
          .clone()
          .json()
          .catch(() => undefined);
        const rotated =
          typeof body === "object" && body !== null && "refresh_token" in body
            ? body.refresh_token
            : undefined;
        if (answer.ok && typeof rotated === "string") kept = await keep(rotated);
        return answer;
      };
      try {
        const configuration = configure(found.value, keepingFetch);
        const DPoP = oidc.getDPoPHandle(configuration, await keyPairOf(key));
        const tokens = await oidc.refreshTokenGrant(configuration, refreshToken, {}, { DPoP });
        return kept.ok ? ok(tokens) : kept;
      } catch (cause) {
        if (!kept.ok) return kept;
        const late = cause instanceof oidc.ClientError && cause.code?.includes("TIMESTAMP");
        return err(late ? { code: "clock-skew", skewSeconds } : explainProviderFailure(cause));
      }
    },

    /** Asks the provider to forget a refresh token; false where it could not be asked. */
    revoke: async (refreshToken: string): Promise<boolean> => {
      const found = await server(farewellSeconds);
      if (!found.ok || found.value.revocation_endpoint === undefined) return false;
      const configuration = configure(found.value);
      configuration.timeout = farewellSeconds;
      const hint = { token_type_hint: "refresh_token" };
      return oidc.tokenRevocation(configuration, refreshToken, hint).then(
        () => true,
        () => false,
      );
    },

    /** Where a browser ends its own session, as far as the provider has been heard from. */
    endSessionUrl: (idToken: string): string | undefined =>
      metadata?.end_session_endpoint === undefined
        ? undefined
        : oidc.buildEndSessionUrl(configure(metadata), { id_token_hint: idToken }).href,
  };
};

/** See {@link createProviderClient}. */
export type ProviderClient = ReturnType<typeof createProviderClient>;
