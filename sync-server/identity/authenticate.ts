import type { Logger } from "pino";
import { type Failure, type FailureCode, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { Authenticate, Presented } from "../http/services.ts";
import { Nonces } from "./dpop/nonces.ts";
import { createProofVerifier, type ProofFault } from "./dpop/verify-proof.ts";
import type { TokenError } from "./token-error.ts";
import type { TokenVerifier, VerifiedToken } from "./verify-token.ts";

/** What a token is tied to: a key of its holder (RFC 9449), or nothing but its secrecy. */
type TokenBinding = "dpop" | "bearer";

/** What requests are proved with. */
export interface AuthenticateOptions {
  verify: TokenVerifier;
  /** "bearer" only for an issuer that cannot bind its tokens; those that are bound are proved. */
  binding: TokenBinding;
  /** The server's address, as its clients know it. */
  publicUrl: string;
  /** Set where the issuer is another's: its subjects are no ids of accounts here (ID-1). */
  externalIssuer?: string;
  log: Logger;
  nonces?: Nonces;
}

const failureCodes: Record<TokenError["code"], FailureCode> = {
  "token-missing": "token-rejected",
  "token-malformed": "token-rejected",
  "token-bad-signature": "token-rejected",
  "token-expired": "token-expired",
  "token-not-yet-valid": "issuer-clock",
  "token-wrong-issuer": "token-wrong-issuer",
  "token-wrong-audience": "token-wrong-audience",
  "token-key-unknown": "token-key-unknown",
  "issuer-unreachable": "issuer-unreachable",
  "issuer-keys-unreachable": "issuer-keys-unreachable",
};

/**
 * Proves who makes a request (AUTH-1): the token is the issuer's, for this server, of now, and sent
 * by whoever has the key it is bound to, in a proof made for this very request and not seen before.
 */
export const createAuthenticate = (
  options: AuthenticateOptions,
): { authenticate: Authenticate; nonce: () => string } => {
  const { verify, binding, log, nonces = new Nonces() } = options;
  const verifyProof = createProofVerifier(options);

  const refuseProof = (
    reason: ProofFault | "use_dpop_nonce" | "proof-other-key" | "proof-replayed",
  ) => {
    if (reason !== "use_dpop_nonce") log.info({ reason }, "a proof was refused");
    return err(fail("proof-rejected", { reason }));
  };

  const proved = async (
    request: Presented,
    scheme: string,
    token: string,
    { thumbprint }: VerifiedToken,
  ): Promise<Result<null, Failure>> => {
    if (thumbprint === null) {
      return binding === "bearer" && scheme === "bearer" ? ok(null) : err(fail("token-not-bound"));
    }
    if (scheme !== "dpop") return err(fail("token-not-bound"));
    const proof = await verifyProof(request.proof, { ...request, token });
    if (!proof.ok) return refuseProof(proof.error);
    if (proof.value.thumbprint !== thumbprint) return refuseProof("proof-other-key");
    const { nonce, jti } = proof.value;
    const spent = nonce === undefined ? "stale" : nonces.spend(nonce, `${thumbprint}.${jti}`);
    if (spent === "replayed") return refuseProof("proof-replayed");
    return spent === "stale" ? refuseProof("use_dpop_nonce") : ok(null);
  };

  const authenticate: Authenticate = async (request) => {
    const { scheme, token } = credentialsIn(request.authorization);
    const verified = await verify(token);
    if (!verified.ok) {
      const { code, detail } = verified.error;
      log.info({ code, detail }, "a token was refused");
      return err(fail(failureCodes[code], { reason: code }));
    }
    const proof = await proved(request, scheme, token ?? "", verified.value);
    if (!proof.ok) return proof;
    const { sub, tenant, authTime, issuedAt, expiresAt, thumbprint } = verified.value;
    const external = options.externalIssuer;
    return ok({
      ...{ sub, tenant, authTime, issuedAt, expiresAt, thumbprint },
      ...(external === undefined ? {} : { externalIssuer: external }),
    });
  };
  return { authenticate, nonce: () => nonces.current() };
};

const credentialsIn = (authorization = ""): { scheme: string; token: string | undefined } => {
  const [, scheme = "", token] = /^(DPoP|Bearer) +(\S+)$/i.exec(authorization.trim()) ?? [];
  return { scheme: scheme.toLowerCase(), token };
};
