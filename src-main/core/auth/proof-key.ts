import { createHash, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, type CryptoKey as Key, SignJWT } from "jose";
import { z } from "zod";
import type { ToProve } from "./access-token.ts";

const part = z.string().regex(/^[\w-]{43}$/);

/** The key a sign-in's tokens are bound to, a private P-256 JWK: it lives in the vault, with them. */
export const ProofKey = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: part,
  y: part,
  d: part,
});
export type ProofKey = z.infer<typeof ProofKey>;

const alg = "ES256";

/** A new key, for a new sign-in. */
export const newProofKey = async (): Promise<ProofKey> => {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return ProofKey.parse(await exportJWK(privateKey));
};

const publicPart = ({ kty, crv, x, y }: ProofKey) => ({ kty, crv, x, y });

const imported = async (jwk: object): Promise<Key> => {
  const key = await importJWK(jwk, alg);
  if (!(key instanceof CryptoKey)) throw new TypeError("not an asymmetric key");
  return key;
};

/** The key as the OpenID client takes it. */
export const keyPairOf = async (key: ProofKey): Promise<{ privateKey: Key; publicKey: Key }> => ({
  privateKey: await imported(key),
  publicKey: await imported(publicPart(key)),
});

/** Makes proofs for requests that carry `token` (RFC 9449, section 4.2), by the device's own clock. */
export const createProver = (key: ProofKey, token: string) => {
  const ath = createHash("sha256").update(token).digest("base64url");
  const opened = imported(key);
  return async ({ method, url, nonce }: ToProve): Promise<string> => {
    const { origin, pathname } = new URL(url);
    return new SignJWT({
      ...{ htm: method, htu: `${origin}${pathname}`, ath, jti: randomUUID() },
      ...(nonce === undefined ? {} : { nonce }),
    })
      .setProtectedHeader({ typ: "dpop+jwt", alg, jwk: publicPart(key) })
      .setIssuedAt()
      .sign(await opened);
  };
};
