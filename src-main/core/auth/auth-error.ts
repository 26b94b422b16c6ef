import * as oidc from "openid-client";
import { type Failure, fail } from "#shared/failure.ts";

/**
 * Everything that can go wrong with signing in and staying signed in. After
 * `provider-unreachable` the session stands; after `session-ended` the person must sign in again,
 * and the local data stays.
 */
export type AuthError =
  | { code: "provider-unreachable"; detail: string }
  | { code: "provider-refused"; error: string; detail: string }
  | { code: "wrong-issuer"; detail: string }
  | { code: "insecure-issuer"; issuer: string }
  | { code: "sign-in-cancelled" }
  | { code: "sign-in-timeout" }
  | { code: "step-up-other-account" }
  | { code: "sign-in-failed"; detail: string }
  | { code: "state-mismatch" }
  | { code: "clock-skew"; skewSeconds: number }
  | { code: "session-ended" }
  | { code: "not-signed-in" }
  | { code: "vault-unavailable"; detail: string };

/** Codes of answers that did not come from the provider: hotspots, proxies, lines that broke. */
const noAnswer = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_PARSE_ERROR",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
]);

const passing = new Set(["server_error", "temporarily_unavailable", "slow_down", "use_dpop_nonce"]);

/** The status of the answer that an error is about, if it is about one. */
const statusBehind = (cause: unknown): number | null => {
  for (let at = cause; at instanceof Error; at = at.cause) {
    if (at.cause instanceof Response) return at.cause.status;
  }
  return null;
};

const MISDIRECTED = 421;

const ofClientError = (cause: oidc.ClientError): AuthError => {
  const code = cause.code ?? cause.name;
  if (statusBehind(cause) === MISDIRECTED) {
    return { code: "wrong-issuer", detail: "whoever answers there goes by another name" };
  }
  if (noAnswer.has(code)) return { code: "provider-unreachable", detail: code };
  const about = JSON.stringify(cause.cause ?? {}, ["cause", "claim", "attribute"]);
  if (code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED" && about.includes('"issuer"')) {
    return { code: "wrong-issuer", detail: "discovery names another issuer" };
  }
  if (code === "OAUTH_JWT_CLAIM_COMPARISON_FAILED" && about.includes('"iss"')) {
    return { code: "wrong-issuer", detail: "the ID token names another issuer" };
  }
  return { code: "provider-refused", error: code, detail: cause.message };
};

/**
 * What a failed exchange with the provider means. Only the provider's own "invalid_grant" ends a
 * session; whatever could be the network leaves it alone.
 */
export const explainProviderFailure = (cause: unknown): AuthError => {
  if (cause instanceof oidc.ResponseBodyError || cause instanceof oidc.AuthorizationResponseError) {
    if (cause.error === "invalid_grant") return { code: "session-ended" };
    if (cause.error === "access_denied") return { code: "sign-in-cancelled" };
    const busy = cause instanceof oidc.ResponseBodyError && cause.status === 429;
    if (busy || passing.has(cause.error)) {
      return { code: "provider-unreachable", detail: cause.error };
    }
    const detail = cause.error_description ?? "";
    return { code: "provider-refused", error: cause.error, detail };
  }
  if (cause instanceof oidc.ClientError) return ofClientError(cause);
  if (cause instanceof oidc.WWWAuthenticateChallengeError) {
    return { code: "provider-refused", error: "challenge", detail: String(cause.status) };
  }
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const detail =
    inner instanceof Error && "code" in inner
      ? String(inner.code)
      : inner instanceof Error
        ? inner.name
        : "failed";
  return { code: "provider-unreachable", detail };
};

/** The error as the failure that is shown to people. */
export const authFailure = (error: AuthError): Failure => {
  switch (error.code) {
    case "clock-skew":
      return fail("clock-skew", { seconds: Math.round(error.skewSeconds) });
    case "wrong-issuer":
      return fail("issuer-wrong");
    case "insecure-issuer":
      return fail("issuer-insecure");
    case "provider-refused":
    case "state-mismatch":
    case "sign-in-failed":
      return fail("sign-in-failed", { reason: error.code });
    default:
      return fail(error.code);
  }
};
