import { createHash } from "node:crypto";
import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWK, jwtVerify } from "jose";
import { z } from "zod";
import { err, ok, type Result } from "#shared/result.ts";
import { asymmetric } from "../algorithms.ts";

/** A request as far as a proof speaks of it. `path` begins with a slash and has no query. */
export interface ProvenRequest {
  method: string;
  path: string;
  /** The access token that is sent along. */
  token: string;
}

/** A proof that was made for this request by whoever has the key of `thumbprint` (RFC 7638). */
export interface Proof {
  thumbprint: string;
  jti: string;
  /** What the server told its maker before; undefined where it was told nothing yet. */
  nonce: string | undefined;
}

/** Why a proof is none; for the log, and the caller. */
export type ProofFault =
  | "proof-missing"
  | "proof-malformed"
  | "proof-bad-signature"
  | "proof-other-method"
  | "proof-other-address"
  | "proof-other-token";

const longest = 8 * 1024;
const Claims = z.object({
  htm: z.string(),
  htu: z.string(),
  jti: z.string().min(1).max(128),
  ath: z.string(),
  nonce: z.string().max(128).optional(),
});

/** The base64url hash of an access token, as its proofs carry it. */
export const hashOfToken = (token: string): string =>
  createHash("sha256").update(token).digest("base64url");

/**
 * Verifies a DPoP proof (RFC 9449, section 4.3) but for its freshness, which is a matter of its
 * nonce: `iat` is of a clock that may be wrong by days, and is not looked at.
 */
export const createProofVerifier = (of: { publicUrl: string }) => {
  const isHere = addressOf(of.publicUrl);
  return async (
    proof: string | undefined,
    request: ProvenRequest,
  ): Promise<Result<Proof, ProofFault>> => {
    if (proof === undefined) return err("proof-missing");
    if (proof.length > longest) return err("proof-malformed");
    try {
      const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
        algorithms: asymmetric,
        typ: "dpop+jwt",
      });
      const claims = Claims.safeParse(payload);
      if (!claims.success) return err("proof-malformed");
      const { htm, htu, ath, jti, nonce } = claims.data;
      if (htm !== request.method) return err("proof-other-method");
      if (!isHere(htu, request.path)) return err("proof-other-address");
      if (ath !== hashOfToken(request.token)) return err("proof-other-token");
      const thumbprint = await calculateJwkThumbprint(protectedHeader.jwk as JWK);
      return ok({ thumbprint, jti, nonce });
    } catch (cause) {
      return err(
        cause instanceof errors.JWSSignatureVerificationFailed
          ? "proof-bad-signature"
          : "proof-malformed",
      );
    }
  };
};

const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * Whether an address is that of a path of this server. On a loopback address the port may be another:
 * that of a forwarder in front of it, on the same computer.
 */
const addressOf =
  (publicUrl: string) =>
  (htu: string, path: string): boolean => {
    const told = URL.parse(htu);
    const here = URL.parse(`${publicUrl.replace(/\/$/, "")}${path}`);
    if (told === null || here === null || told.username !== "") return false;
    if (here.protocol === "http:" && loopback.has(here.hostname)) here.port = told.port;
    told.search = "";
    told.hash = "";
    return told.href === here.href;
  };
