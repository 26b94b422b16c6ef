import { z } from "zod";
import { ProofKey } from "./proof-key.ts";

/** Who is signed in on this device, as the ID token said; known offline too. */
export const Session = z.object({
  sub: z.string().min(1),
  /** Empty where the issuer does not tell: the server knows. */
  tenant: z.string(),
  /** App to role; an app that is absent is not open to this account. */
  apps: z.record(z.string(), z.string()),
  name: z.string(),
  email: z.string(),
  locale: z.string().optional(),
  /** Milliseconds since the epoch, by this device's clock. */
  signedInAt: z.number(),
  /** When the person last proved who they are, ms, by the provider's clock; null where untold. */
  authTime: z.number().nullable().default(null),
  /** The provider ended the session: local data can be read, syncing needs a new sign-in. */
  ended: z.boolean(),
});
export type Session = z.infer<typeof Session>;

/** What the vault keeps of a sign-in. */
export const StoredSignIn = z.object({
  version: z.literal(1),
  issuer: z.string(),
  clientId: z.string(),
  refreshToken: z.string().optional(),
  /** What the tokens are bound to; a sign-in of before there was one has to be made anew. */
  proofKey: ProofKey.optional(),
  idToken: z.string(),
  session: Session,
});
export type StoredSignIn = z.infer<typeof StoredSignIn>;

const IdClaims = z.object({
  sub: z.string().min(1),
  tenant: z.string().default(""),
  apps: z.record(z.string(), z.string()).default({}),
  auth_time: z.number().optional(),
  name: z.string().default(""),
  email: z.string().default(""),
  locale: z.string().optional(),
});

/** Reads a session from an ID token's claims; the error names the claims that are missing. */
export const sessionOfClaims = (claims: unknown, signedInAt: number) => {
  const read = IdClaims.safeParse(claims);
  if (read.success) {
    const { auth_time: seconds, ...who } = read.data;
    const authTime = seconds === undefined ? null : seconds * 1000;
    return { ok: true, value: { ...who, signedInAt, authTime, ended: false } } as const;
  }
  const paths = read.error.issues.map((issue) => issue.path.join("."));
  return { ok: false, error: `claims: ${paths.join(", ")}` } as const;
};
