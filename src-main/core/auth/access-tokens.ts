import type { Logger } from "pino";
import { err, ok, type Result } from "#shared/result.ts";
import { type AccessToken, bearer } from "./access-token.ts";
import type { AuthError } from "./auth-error.ts";
import { createProver, type ProofKey } from "./proof-key.ts";
import type { ProviderClient, Tokens } from "./provider-client.ts";
import { type StoredSignIn, sessionOfClaims } from "./session.ts";
import type { SignInStore } from "./sign-in-store.ts";

const refreshBeforeMs = 60_000;
const lifeWhereUntoldSeconds = 300;

interface Held {
  token: AccessToken;
  expiresAt: number;
  life: number;
}

/** What the access tokens are made with. */
export interface AccessTokensOptions {
  store: SignInStore;
  provider: ProviderClient;
  clock: { now(): number };
  log: Logger;
}

/** Keeps one access token fresh; however many ask, the provider is asked once. */
export const createAccessTokens = ({ store, provider, clock, log }: AccessTokensOptions) => {
  let current: Held | undefined;
  let inFlight: Promise<Result<AccessToken, AuthError>> | undefined;
  /** Counts sign-ins and sign-outs: what was begun under another one no longer counts. */
  let generation = 0;

  const hold = (tokens: Tokens, key: ProofKey): AccessToken => {
    const life = (tokens.expires_in ?? lifeWhereUntoldSeconds) * 1000;
    const value = tokens.access_token;
    // An issuer that cannot bind its tokens says so by their type (RFC 9449, section 5).
    const bound = tokens.token_type.toLowerCase() === "dpop";
    const token = bound ? { value, prove: createProver(key, value) } : bearer(value);
    current = { token, expiresAt: clock.now() + life, life };
    return token;
  };

  /** A clock that was set back must not make an old token look young. */
  const isFresh = ({ expiresAt, life }: Held): boolean => {
    const left = expiresAt - clock.now();
    return left >= Math.min(refreshBeforeMs, life / 2) && left <= life;
  };

  const end = async (record: StoredSignIn): Promise<void> => {
    const { refreshToken: _, ...rest } = record;
    await store.write({ ...rest, session: { ...record.session, ended: true } });
    log.warn({ sub: record.session.sub }, "the provider ended this session");
  };

  /** Roles may have changed since the sign-in. */
  const adoptClaims = async (tokens: Tokens): Promise<Result<void, AuthError>> => {
    const read = await store.read();
    if (!read.ok) return read;
    const record = read.value;
    const claims = tokens.claims();
    if (record === undefined || claims === undefined || tokens.id_token === undefined) {
      return ok(undefined);
    }
    const session = sessionOfClaims(claims, record.session.signedInAt);
    if (!session.ok) {
      return err({ code: "provider-refused", error: "id-token", detail: session.error });
    }
    if (session.value.sub !== record.session.sub) {
      return err({ code: "provider-refused", error: "id-token", detail: "another subject" });
    }
    if (JSON.stringify(session.value) === JSON.stringify(record.session)) return ok(undefined);
    return store.write({ ...record, idToken: tokens.id_token, session: session.value });
  };

  const refresh = async (began: number): Promise<Result<AccessToken, AuthError>> => {
    const read = await store.read();
    if (!read.ok) return read;
    const record = read.value;
    if (record === undefined) return err({ code: "not-signed-in" });
    const { refreshToken, proofKey, session } = record;
    if (session.ended || refreshToken === undefined || proofKey === undefined) {
      return err({ code: "session-ended" });
    }
    const outdated = () => generation !== began;
    const tokens = await provider.refresh(refreshToken, proofKey, async (rotated) =>
      outdated() ? ok(undefined) : store.write({ ...record, refreshToken: rotated }),
    );
    if (outdated()) {
      // Signed out meanwhile: what has just been issued must not outlive that.
      if (tokens.ok && tokens.value.refresh_token !== undefined) {
        await provider.revoke(tokens.value.refresh_token);
      }
      return err({ code: "not-signed-in" });
    }
    if (!tokens.ok) {
      if (tokens.error.code === "session-ended") await end(record);
      return tokens;
    }
    const adopted = await adoptClaims(tokens.value);
    return adopted.ok ? ok(hold(tokens.value, proofKey)) : adopted;
  };

  return {
    /**
     * A token with at least a minute to live (or half its life). `refused` is one the server did
     * not take: if it is the one that would be handed out, a new one is fetched.
     */
    get: async (refused?: string): Promise<Result<AccessToken, AuthError>> => {
      if (current !== undefined && current.token.value !== refused && isFresh(current)) {
        return ok(current.token);
      }
      if (inFlight === undefined) {
        const running = refresh(generation).finally(() => {
          if (inFlight === running) inFlight = undefined;
        });
        inFlight = running;
      }
      return inFlight;
    },
    /** Starts over with the tokens of a new sign-in. */
    replace: (tokens: Tokens, key: ProofKey): void => {
      generation += 1;
      inFlight = undefined;
      hold(tokens, key);
    },
    /** Drops the token; a refresh that is under way will not bring it back. */
    drop: (): void => {
      generation += 1;
      inFlight = undefined;
      current = undefined;
    },
  };
};
