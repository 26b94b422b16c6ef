import { randomUUID } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from "jose";
import { hashOfToken } from "../dpop/verify-proof.ts";

/** What a proof is made of; whatever a test wants to be wrong it says. */
export interface ProofOf {
  method: string;
  url: string;
  token?: string;
  nonce?: string | null;
  /** Claims that are other than they should be; undefined leaves one out. */
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
}

/** The key of a device, and the proofs it makes (RFC 9449), by a clock that may be wrong. */
export const createDeviceKey = async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = await exportJWK(publicKey);
  const clock = { offsetSeconds: 0 };
  return {
    clock,
    jwk,
    thumbprint: await calculateJwkThumbprint(jwk),
    proof: ({ method, url, token, nonce, claims, header }: ProofOf): Promise<string> =>
      new SignJWT({
        ...{ htm: method, htu: url.split("?")[0] ?? "", jti: randomUUID() },
        iat: Math.floor(Date.now() / 1000) + clock.offsetSeconds,
        ...(token === undefined ? {} : { ath: hashOfToken(token) }),
        ...(nonce ? { nonce } : {}),
        ...claims,
      })
        .setProtectedHeader({ typ: "dpop+jwt", alg: "ES256", jwk, ...header })
        .sign(privateKey),
  };
};

/** See {@link createDeviceKey}. */
export type DeviceKey = Awaited<ReturnType<typeof createDeviceKey>>;
