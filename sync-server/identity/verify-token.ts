import { decodeJwt, jwtVerify } from "jose";
import { z } from "zod";
import { ok, type Result } from "#shared/result.ts";
import { asymmetric } from "./algorithms.ts";
import { createIssuerKeys } from "./issuer-keys.ts";
import { explain, refuse, type TokenError } from "./token-error.ts";

/** What a valid access token says of whoever sends it. */
export interface VerifiedToken {
  /** The account in the words of its issuer. */
  sub: string;
  /** The account's organisation, null where the issuer does not tell of it (ID-1). */
  tenant: string | null;
  /** App to role (AUTH-2); empty where the issuer does not tell. */
  apps: Readonly<Record<string, string>>;
  /** The key the token is bound to (RFC 7638), null of a bearer token (RFC 9449, section 6). */
  thumbprint: string | null;
  /** When the person last proved who they are, ms since the epoch; null where untold. */
  authTime: number | null;
  /** The sign-in this token came from; it stays the same over refreshes. */
  sessionId?: string;
  /** Milliseconds since the epoch. */
  issuedAt: number | null;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** How tokens are verified. Without `jwksUri` the issuer's discovery document names it. */
export interface TokenVerifierOptions {
  issuer: string;
  audience: string;
  jwksUri?: string;
  /** The header's `typ`: "at+jwt" (RFC 9068) unless told, "JWT" of issuers that do not know it. */
  tokenType?: string;
  /** The names of claims, where the issuer has its own; without a name for the tenant it is untold. */
  claims?: { subject?: string; tenant?: string | null };
  /** 30 unless told. */
  clockToleranceSeconds?: number;
  now?: () => number;
}

const text = z.string().min(1);
const Claims = z.object({
  subject: text,
  tenant: text.nullable(),
  apps: z.record(z.string(), z.string()).default({}),
  cnf: z.object({ jkt: text.optional() }).optional(),
  auth_time: z.number().optional(),
  sid: z.string().optional(),
  iat: z.number().optional(),
  exp: z.number(),
});

const longestToken = 16 * 1024;

/**
 * Verifies the access tokens of one issuer for one audience. The answer of the verifier is the
 * bearer's identity (layers 1 to 3 of federation), or the reason why there is none; it never
 * throws. Keys are cached, so that tokens can be verified while the issuer is away.
 */
export const createTokenVerifier = (options: TokenVerifierOptions) => {
  const now = options.now ?? Date.now;
  const keys = createIssuerKeys({ ...options, now });
  const toleranceSeconds = options.clockToleranceSeconds ?? 30;
  const { subject = "sub", tenant = "tenant" } = options.claims ?? {};

  return async (token: string | undefined): Promise<Result<VerifiedToken, TokenError>> => {
    if (token === undefined) return refuse("token-missing", "no access token");
    if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token) || token.length > longestToken) {
      return refuse("token-malformed", "not a signed token");
    }
    try {
      // Asked before the keys are: a token of another issuer is no reason to look for new keys.
      const { iss } = decodeJwt(token);
      if (iss !== options.issuer) return refuse("token-wrong-issuer", "issued by someone else");
      const found = await keys();
      if (!found.ok) return refuse(found.error.code, found.error.detail);
      const { payload } = await jwtVerify(token, found.value, {
        issuer: options.issuer,
        audience: options.audience,
        algorithms: asymmetric,
        // An ID token is signed by the same keys and is not an access token (RFC 9068).
        typ: options.tokenType ?? "at+jwt",
        requiredClaims: ["exp"],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(now()),
      });
      const claims = Claims.safeParse({
        ...payload,
        subject: payload[subject],
        tenant: tenant === null ? null : payload[tenant],
      });
      if (!claims.success) {
        const missing = claims.error.issues.map((issue) => issue.path.join("."));
        return refuse("token-malformed", `claims: ${missing.join(", ")}`);
      }
      const { sid, exp, iat, auth_time, cnf, apps, ...who } = claims.data;
      if (iat !== undefined && iat * 1000 > now() + toleranceSeconds * 1000) {
        return refuse("token-not-yet-valid", "issued later than now");
      }
      return ok({
        sub: who.subject,
        tenant: who.tenant,
        apps,
        thumbprint: cnf?.jkt ?? null,
        authTime: auth_time === undefined ? null : auth_time * 1000,
        ...(sid === undefined ? {} : { sessionId: sid }),
        issuedAt: iat === undefined ? null : iat * 1000,
        expiresAt: exp * 1000,
      });
    } catch (cause) {
      return explain(cause);
    }
  };
};

/** See {@link createTokenVerifier}. */
export type TokenVerifier = ReturnType<typeof createTokenVerifier>;
