import { decodeJwt, errors, jwtVerify } from "jose";
import { z } from "zod";
import { err, ok, type Result } from "#shared/result.ts";
import { createIssuerKeys } from "./issuer-keys.ts";

/** What a valid access token says about its bearer. */
export interface VerifiedToken {
  sub: string;
  tenant: string;
  /** App to role; an app that is absent is not open to this account. */
  apps: Readonly<Record<string, string>>;
  /** The sign-in this token came from; it stays the same over refreshes. */
  sessionId?: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Why a token was refused. `detail` is for the log and never holds the token. */
export interface TokenError {
  code:
    | "token-missing"
    | "token-malformed"
    | "token-expired"
    | "token-wrong-issuer"
    | "token-wrong-audience"
    | "token-bad-signature"
    | "issuer-unreachable";
  detail: string;
}

/** How tokens are verified. Without `jwksUri` the issuer's discovery document names it. */
export interface TokenVerifierOptions {
  issuer: string;
  audience: string;
  jwksUri?: string;
  /** 30 unless told. */
  clockToleranceSeconds?: number;
  now?: () => number;
}

const Claims = z.object({
  sub: z.string().min(1),
  tenant: z.string().min(1),
  apps: z.record(z.string(), z.string()),
  sid: z.string().optional(),
  exp: z.number(),
});

/** Asymmetric only: with a shared-secret algorithm a public key could be used to forge tokens. */
const algorithms = ["ES256", "ES384", "ES512", "RS256", "RS384", "PS256", "PS384", "EdDSA"];

const longestToken = 16 * 1024;

const refuse = (code: TokenError["code"], detail: string) => err<TokenError>({ code, detail });

const explain = (cause: unknown): Result<never, TokenError> => {
  if (cause instanceof errors.JWTExpired) return refuse("token-expired", "past its expiry");
  if (cause instanceof errors.JWTClaimValidationFailed) {
    const detail = `claim ${cause.claim}: ${cause.reason}`;
    if (cause.claim === "iss") return refuse("token-wrong-issuer", detail);
    return refuse(cause.claim === "aud" ? "token-wrong-audience" : "token-malformed", detail);
  }
  if (
    cause instanceof errors.JWSSignatureVerificationFailed ||
    cause instanceof errors.JWKSNoMatchingKey ||
    cause instanceof errors.JWKSMultipleMatchingKeys ||
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
  return refuse("issuer-unreachable", detail);
};

/**
 * Verifies the access tokens of one issuer for one audience. The answer of the verifier is the
 * bearer's identity (layers 1 to 3 of federation), or the reason why there is none; it never
 * throws. Keys are cached, so that tokens can be verified while the issuer is away.
 */
export const createTokenVerifier = (options: TokenVerifierOptions) => {
  const now = options.now ?? Date.now;
  const keys = createIssuerKeys({ ...options, now });

  return async (authorization: string | undefined): Promise<Result<VerifiedToken, TokenError>> => {
    if (authorization === undefined || authorization.trim() === "") {
      return refuse("token-missing", "no Authorization header");
    }
    const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization.trim()) ?? [];
    if (token === undefined || token.length > longestToken) {
      return refuse("token-malformed", "not a bearer token");
    }
    try {
      // Asked before the keys are: a token of another issuer is no reason to look for new keys.
      const { iss } = decodeJwt(token);
      if (iss !== options.issuer) return refuse("token-wrong-issuer", "issued by someone else");
      const found = await keys();
      if (!found.ok) return refuse("issuer-unreachable", found.error.detail);
      const { payload } = await jwtVerify(token, found.value, {
        issuer: options.issuer,
        audience: options.audience,
        algorithms,
        // An ID token is signed by the same keys and is not an access token (RFC 9068).
        typ: "at+jwt",
        requiredClaims: ["exp", "sub"],
        clockTolerance: options.clockToleranceSeconds ?? 30,
        currentDate: new Date(now()),
      });
      const claims = Claims.safeParse(payload);
      if (!claims.success) {
        const missing = claims.error.issues.map((issue) => issue.path.join("."));
        return refuse("token-malformed", `claims: ${missing.join(", ")}`);
      }
      const { sub, tenant, apps, sid, exp } = claims.data;
      return ok({
        sub,
        tenant,
        apps,
        ...(sid === undefined ? {} : { sessionId: sid }),
        expiresAt: exp * 1000,
      });
    } catch (cause) {
      return explain(cause);
    }
  };
};
