import * as oidc from "openid-client";
import { err, ok, type Result } from "#shared/result.ts";
import { type AuthError, explainProviderFailure } from "./auth-error.ts";
import { type CallbackLanguage, callbackPage } from "./callback-page.ts";
import { type CallbackAnswer, listenForCallback } from "./loopback-listener.ts";
import { keyPairOf, newProofKey, type ProofKey } from "./proof-key.ts";
import type { ProviderClient, Tokens } from "./provider-client.ts";
import type { Session } from "./session.ts";

/** A sign-in that waits for the person, who is in the browser at `url`. */
export interface PendingSignIn {
  url: string;
  /** Settles once, whatever happens; asking again gives the same answer. */
  waitForResult(): Promise<Result<Session, AuthError>>;
  cancel(): void;
}

/** Whom a sign-in is for, where that is known before: someone invited, or signed in already. */
export interface SignInFor {
  /** The token of an invitation, whose holder chooses a password instead of giving one. */
  invitation?: string;
  /** Proves once more who is signed in: nobody's session in the browser is enough (step-up). */
  again?: { email: string; proofKey: ProofKey };
}

/** What a sign-in needs. `complete` keeps the tokens; only then is the person signed in. */
export interface SignInOptions {
  provider: ProviderClient;
  issuer: string;
  locale: string;
  redirectTo?: string;
  timeoutMs: number;
  of: SignInFor;
  complete(tokens: Tokens, proofKey: ProofKey): Promise<Result<Session, AuthError>>;
}

const scope = "openid offline_access profile";

const answerFor = (
  result: Result<Session, AuthError>,
  language: CallbackLanguage,
  redirectTo: string | undefined,
): CallbackAnswer => {
  if (redirectTo !== undefined) {
    const target = new URL(redirectTo);
    if (!result.ok) target.searchParams.set("sign-in-error", result.error.code);
    return { redirectTo: target.href };
  }
  const page = callbackPage(result.ok ? "done" : "failed", language);
  return { status: result.ok ? 200 : 400, ...page };
};

/**
 * Begins a sign-in: code flow with PKCE (S256), state and nonce, each used once, ended by a
 * redirect to a loopback port that is open only until then. Code and tokens are bound to a key of
 * this device (RFC 9449). A device's clock may be wrong by any amount: the provider's is taken.
 */
export const beginSignIn = async (
  options: SignInOptions,
): Promise<Result<PendingSignIn, AuthError>> => {
  const connected = await options.provider.connect();
  if (!connected.ok) return connected;
  const { again, invitation } = options.of;
  const proofKey = again?.proofKey ?? (await newProofKey());
  const DPoP = oidc.getDPoPHandle(connected.value, await keyPairOf(proofKey));

  const language = options.locale.toLowerCase().startsWith("th") ? "th" : "en";
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const nonce = oidc.randomNonce();
  const result = Promise.withResolvers<Result<Session, AuthError>>();

  const exchange = async (callback: URL): Promise<Result<Session, AuthError>> => {
    if (callback.searchParams.get("state") !== state) return err({ code: "state-mismatch" });
    const iss = callback.searchParams.get("iss");
    if (iss !== null && iss !== connected.value.serverMetadata().issuer) {
      return err({ code: "wrong-issuer", detail: "the redirect names another issuer" });
    }
    try {
      const checks = {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      };
      const answer = oidc.authorizationCodeGrant(connected.value, callback, checks, {}, { DPoP });
      return await options.complete(await answer, proofKey);
    } catch (cause) {
      const error = explainProviderFailure(cause);
      // There is no session yet that could end.
      const refused = { code: "provider-refused", error: "invalid_grant", detail: "" } as const;
      return err(error.code === "session-ended" ? refused : error);
    }
  };

  let settled = false;
  /** The first to arrive decides; later ones find nothing left to end. */
  const settleOnce = (): boolean => {
    const first = !settled;
    settled = true;
    clearTimeout(timer);
    return first;
  };
  const listening = await listenForCallback(async (callback) => {
    if (!settleOnce()) return { status: 410, headers: {}, body: "" };
    const outcome = await exchange(callback);
    listening.ok && listening.value.close();
    result.resolve(outcome);
    return answerFor(outcome, language, options.redirectTo);
  });
  if (!listening.ok) return err({ code: "sign-in-failed", detail: listening.error.detail });
  const listener = listening.value;

  const stop = (code: "sign-in-cancelled" | "sign-in-timeout"): void => {
    if (!settleOnce()) return;
    listener.close();
    result.resolve(err({ code }));
  };
  const timer = setTimeout(() => stop("sign-in-timeout"), options.timeoutMs);

  const url = oidc.buildAuthorizationUrl(connected.value, {
    redirect_uri: listener.redirectUri,
    scope,
    // Login: a browser that still knows somebody must not let the next person in as them. Consent:
    // asked for by the standard wherever a refresh token is wanted.
    prompt: "login consent",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    ui_locales: options.locale,
    dpop_jkt: await DPoP.calculateThumbprint(),
    ...(again === undefined ? {} : { max_age: "0", login_hint: again.email }),
    ...(invitation === undefined ? {} : { invitation }),
  });
  return ok({
    url: url.href,
    waitForResult: () => result.promise,
    cancel: () => stop("sign-in-cancelled"),
  });
};
