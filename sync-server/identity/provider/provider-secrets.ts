import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import Database from "better-sqlite3";
import { z } from "zod";
import { err, ok, type Result } from "#shared/result.ts";
import type { DatabaseUnwritable, IdentityDatabase } from "./database.ts";

const Secrets = z.object({
  /** The newest key first: it signs, the others are published for what they have signed. */
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) }),
  /** When the newest was made, ms. */
  keyMadeAt: z.number().default(0),
  cookieKeys: z.array(z.string()).min(1),
  formKey: z.string(),
});

/** What only the provider may know: its signing keys, and the keys of its cookies and forms. */
export type ProviderSecrets = z.infer<typeof Secrets>;

/** How long a key signs. */
const KEY_MS = 90 * 24 * 60 * 60_000;
/** The one that signs and the one before it: no token outlives the next rotation. */
const PUBLISHED = 2;

const newKey = (): Record<string, unknown> => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "ES256" };
};

const generate = (now: number): ProviderSecrets => ({
  jwks: { keys: [newKey()] },
  keyMadeAt: now,
  cookieKeys: [randomBytes(32).toString("base64url")],
  formKey: randomBytes(32).toString("base64url"),
});

const rotated = (secrets: ProviderSecrets, now: number): ProviderSecrets => ({
  ...secrets,
  jwks: { keys: [newKey(), ...secrets.jwks.keys].slice(0, PUBLISHED) },
  keyMadeAt: now,
});

/**
 * The provider's secrets, made once and kept in its database: tokens and sessions stay valid over
 * a restart. A signing key that is older than 90 days gets a successor, and stays published until
 * the next one. Two processes that start at once agree on one set.
 */
export const loadProviderSecrets = (
  db: IdentityDatabase,
  now = Date.now(),
): Result<ProviderSecrets, DatabaseUnwritable> => {
  try {
    return ok(db.transaction(() => settled(db, now)).immediate());
  } catch (cause) {
    // The cause of a failed parse quotes what it read; only the database's own words are safe.
    const detail = cause instanceof Database.SqliteError ? cause.message : "secrets are damaged";
    return err({ code: "database-unwritable", file: db.name, detail });
  }
};

const settled = (db: IdentityDatabase, now: number): ProviderSecrets => {
  const kept = db
    .prepare<[], { value: string }>("SELECT value FROM identity_secrets WHERE name = 'provider'")
    .get();
  const known = kept === undefined ? null : Secrets.parse(JSON.parse(kept.value));
  if (known !== null && now - known.keyMadeAt < KEY_MS) return known;
  const secrets = known === null ? generate(now) : rotated(known, now);
  db.prepare(
    `INSERT INTO identity_secrets (name, value) VALUES ('provider', ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  ).run(JSON.stringify(secrets));
  return secrets;
};
