import { createLocalJWKSet, importJWK, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { Instant } from "../domain/common.ts";
import { type Failure, fail } from "../failure.ts";
import { err, ok, type Result } from "../result.ts";
import { Hash } from "./merkle.ts";

/** The head of a log: how many lines it has, the root of the tree over them, and when that was said. */
export const Head = z.object({ log: z.string(), size: z.int().min(0), root: Hash, at: Instant });
export type Head = z.infer<typeof Head>;

/** A signed head: a compact JWS (RFC 7515) over {@link Head}, signed with Ed25519 (RFC 8037). */
export const SignedHead = z.string().max(4096);
export type SignedHead = z.infer<typeof SignedHead>;

const PublicKey = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  x: z.string(),
  kid: z.string(),
});

/** The public keys heads are signed with (RFC 7517); `kid` is the key's thumbprint (RFC 7638). */
export const Keys = z.object({ keys: z.array(PublicKey) });
export type Keys = z.infer<typeof Keys>;

/** A key that heads are signed with. */
export const SigningKey = PublicKey.extend({ d: z.string() });
export type SigningKey = z.infer<typeof SigningKey>;

const ALG = "Ed25519";
/** So that nothing else which the same key might sign is ever taken for a head. */
const TYP = "riversync-audit-head";

/** Signs a head. */
export const signHead = async (head: Head, key: SigningKey): Promise<SignedHead> =>
  new SignJWT({ ...head })
    .setProtectedHeader({ alg: ALG, typ: TYP, kid: key.kid })
    .sign(await importJWK(key, ALG));

/** The head that was signed with one of the keys; refuses every other (`audit-head-forged`). */
export const readHead = async (jws: SignedHead, keys: Keys): Promise<Result<Head, Failure>> => {
  try {
    const options = { algorithms: [ALG], typ: TYP };
    const { payload } = await jwtVerify(jws, createLocalJWKSet(keys), options);
    return ok(Head.parse(payload));
  } catch {
    return err(fail("audit-head-forged"));
  }
};
