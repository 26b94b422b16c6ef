import type { Logger } from "pino";
import { err, ok, type Result } from "#shared/result.ts";
import type { AccessToken } from "./access-token.ts";
import { createAccessTokens } from "./access-tokens.ts";
import type { AuthError } from "./auth-error.ts";
import type { ProofKey } from "./proof-key.ts";
import { createProviderClient, type Fetch, type Tokens } from "./provider-client.ts";
import { type Session, type StoredSignIn, sessionOfClaims } from "./session.ts";
import { beginSignIn, type PendingSignIn, type SignInFor } from "./sign-in.ts";
import { createSignInStore } from "./sign-in-store.ts";
import type { TokenVault } from "./token-vault.ts";

/** How to sign in. An http issuer is accepted on a loopback host only. */
export interface AuthenticatorOptions {
  issuer: string;
  clientId: string;
  tokenVault: TokenVault;
  /** Opens the person's browser; without it the host shows the address itself. */
  openUrl?: (url: string) => void | Promise<void>;
  /** Where the browser goes after the sign-in, instead of to a page of our own. */
  onSignedInPage?: { redirectTo?: string };
  clock: { now(): number };
  log: Logger;
  fetch?: Fetch;
  /** Five minutes unless told. */
  signInTimeoutMs?: number;
}

/** What a sign-out achieved beyond this device, which has forgotten the session in any case. */
interface SignedOut {
  /** The provider has forgotten the session too; false where it could not be asked. */
  revoked: boolean;
  /** Where a browser ends its own session; already opened where `openUrl` is there. */
  endSessionUrl?: string;
}

/** The one sign-in of this device. */
export interface Authenticator {
  /** Begins a sign-in; one that is still pending is cancelled. */
  beginSignIn(of: {
    locale: string;
    invitation?: string;
  }): Promise<Result<PendingSignIn, AuthError>>;
  /**
   * Asks the person who is signed in to prove once more who they are, for an act that must not be
   * done with a session left open. Afterwards the session goes on with new tokens and a new
   * `authTime`; "step-up-other-account" leaves it as it was.
   */
  stepUp(of: { locale: string }): Promise<Result<PendingSignIn, AuthError>>;
  /**
   * An access token that can be used now, refreshed if need be. `refused` is a token the server
   * did not take. "provider-unreachable" leaves the session as it is; "session-ended" asks for a
   * new sign-in.
   */
  accessToken(of?: { refused?: string }): Promise<Result<AccessToken, AuthError>>;
  /** Who is signed in, `undefined` where nobody is; needs no network. */
  session(): Promise<Result<Session | undefined, AuthError>>;
  /** Forgets the session here, then everywhere it can. The local data is not touched. */
  signOut(): Promise<Result<SignedOut, AuthError>>;
  /** Cancels what is pending. */
  close(): void;
}

const fiveMinutes = 5 * 60_000;

/** See {@link Authenticator}. Nothing is asked of the network before it is needed. */
export const createAuthenticator = (options: AuthenticatorOptions): Authenticator => {
  const { issuer, clientId, clock, log, openUrl } = options;
  const provider = createProviderClient({
    issuer,
    clientId,
    clock,
    fetch: options.fetch ?? globalThis.fetch,
  });
  const store = createSignInStore(options.tokenVault, { issuer, clientId });
  const accessTokens = createAccessTokens({ store, provider, clock, log });
  let pending: PendingSignIn | undefined;

  const show = async (url: string): Promise<void> => {
    try {
      await openUrl?.(url);
    } catch (cause) {
      log.warn({ reason: cause instanceof Error ? cause.name : "failed" }, "no browser opened");
    }
  };

  const complete = async (
    tokens: Tokens,
    proofKey: ProofKey,
    expected?: string,
  ): Promise<Result<Session, AuthError>> => {
    const session = sessionOfClaims(tokens.claims(), clock.now());
    if (!session.ok) {
      return err({ code: "provider-refused", error: "id-token", detail: session.error });
    }
    if (expected !== undefined && session.value.sub !== expected) {
      // Nobody asked for this session: it must not live on unseen.
      if (tokens.refresh_token !== undefined) void provider.revoke(tokens.refresh_token);
      return err({ code: "step-up-other-account" });
    }
    const record: StoredSignIn = {
      version: 1,
      issuer,
      clientId,
      idToken: tokens.id_token ?? "",
      session: session.value,
      proofKey,
      ...(tokens.refresh_token === undefined ? {} : { refreshToken: tokens.refresh_token }),
    };
    const before = await store.read();
    const written = await store.write(record);
    if (!written.ok) return written;
    accessTokens.replace(tokens, proofKey);
    const { sub, tenant } = session.value;
    log.info({ sub, tenant }, "signed in");
    // The sign-in this one takes the place of must not live on unseen.
    const superseded = before.ok ? before.value?.refreshToken : undefined;
    if (superseded !== undefined) void provider.revoke(superseded);
    return ok(session.value);
  };

  const begin = async (
    locale: string,
    of: SignInFor,
    expected?: string,
  ): Promise<Result<PendingSignIn, AuthError>> => {
    pending?.cancel();
    const begun = await beginSignIn({
      provider,
      issuer,
      locale,
      of,
      timeoutMs: options.signInTimeoutMs ?? fiveMinutes,
      complete: (tokens, proofKey) => complete(tokens, proofKey, expected),
      ...(options.onSignedInPage?.redirectTo === undefined
        ? {}
        : { redirectTo: options.onSignedInPage.redirectTo }),
    });
    if (!begun.ok) return begun;
    pending = begun.value;
    await show(begun.value.url);
    return begun;
  };

  return {
    beginSignIn: ({ locale, invitation }) =>
      begin(locale, invitation === undefined ? {} : { invitation }),

    stepUp: async ({ locale }) => {
      const read = await store.read();
      if (!read.ok) return read;
      if (read.value === undefined) return err({ code: "not-signed-in" });
      const { session, proofKey } = read.value;
      if (session.ended || proofKey === undefined) return err({ code: "session-ended" });
      return begin(locale, { again: { email: session.email, proofKey } }, session.sub);
    },

    accessToken: (of = {}) => accessTokens.get(of.refused),

    session: async () => {
      const read = await store.read();
      return read.ok ? ok(read.value?.session) : read;
    },

    signOut: async () => {
      pending?.cancel();
      accessTokens.drop();
      const before = await store.read();
      // First here: whatever happens to the network, nobody stays signed in on this device.
      const erased = await store.erase();
      if (!erased.ok) return erased;
      const record = before.ok ? before.value : undefined;
      if (record === undefined) return ok({ revoked: false });
      const token = record.refreshToken;
      const revoked = token !== undefined && (await provider.revoke(token));
      const endSessionUrl = provider.endSessionUrl(record.idToken);
      log.info({ sub: record.session.sub, revoked }, "signed out");
      if (endSessionUrl === undefined) return ok({ revoked });
      await show(endSessionUrl);
      return ok({ revoked, endSessionUrl });
    },

    close: () => pending?.cancel(),
  };
};
