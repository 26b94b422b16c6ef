import { errors } from "jose";
import { err, type Result } from "#shared/result.ts";

/** Why a token was refused. `detail` is for the log and never holds the token. */
export interface TokenError {
  code:
    | "token-missing"
    | "token-malformed"
    | "token-expired"
    | "token-not-yet-valid"
    | "token-wrong-issuer"
    | "token-wrong-audience"
    | "token-bad-signature"
    | "token-key-unknown"
    | "issuer-unreachable"
    | "issuer-keys-unreachable";
  detail: string;
}

/** A refusal as a value. */
export const refuse = (code: TokenError["code"], detail: string) =>
  err<TokenError>({ code, detail });

/** Why a token could not be verified; what is not the token's fault is the fetch of its key. */
export const explain = (cause: unknown): Result<never, TokenError> => {
  if (cause instanceof errors.JWTExpired) return refuse("token-expired", "past its expiry");
  if (cause instanceof errors.JWTClaimValidationFailed) {
    const detail = `claim ${cause.claim}: ${cause.reason}`;
    if (cause.claim === "nbf") return refuse("token-not-yet-valid", detail);
    if (cause.claim === "iss") return refuse("token-wrong-issuer", detail);
    return refuse(cause.claim === "aud" ? "token-wrong-audience" : "token-malformed", detail);
  }
  if (
    cause instanceof errors.JWKSNoMatchingKey ||
    cause instanceof errors.JWKSMultipleMatchingKeys
  ) {
    return refuse("token-key-unknown", cause.code);
  }
  if (
    cause instanceof errors.JWSSignatureVerificationFailed ||
    cause instanceof errors.JOSEAlgNotAllowed
  ) {
    return refuse("token-bad-signature", cause.code);
  }
  const malformed = cause instanceof errors.JWTInvalid || cause instanceof errors.JWSInvalid;
  if (malformed || cause instanceof errors.JOSENotSupported) {
    return refuse("token-malformed", cause.code);
  }
  // What is left is the fetch of a key that was not known yet.
  const detail = cause instanceof Error ? cause.name : "keys cannot be fetched";
  return refuse("issuer-keys-unreachable", detail);
};
