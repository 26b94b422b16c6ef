import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import Database from "better-sqlite3";
import { z } from "zod";
import { err, ok, type Result } from "#shared/result.ts";
import type { DatabaseUnwritable, IdentityDatabase } from "./database.ts";

const Secrets = z.object({
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) }),
  cookieKeys: z.array(z.string()).min(1),
  formKey: z.string(),
});

/** What only the provider may know: its signing keys, and the keys of its cookies and forms. */
export type ProviderSecrets = z.infer<typeof Secrets>;

const generate = (): ProviderSecrets => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = {
    ...privateKey.export({ format: "jwk" }),
    kid: randomUUID(),
    use: "sig",
    alg: "ES256",
  };
  return {
    jwks: { keys: [key] },
    cookieKeys: [randomBytes(32).toString("base64url")],
    formKey: randomBytes(32).toString("base64url"),
  };
};

/**
 * The provider's secrets, made once and kept in its database: tokens and sessions stay valid over
 * a restart. Two processes that start at once agree on one set.
 */
export const loadProviderSecrets = (
  db: IdentityDatabase,
): Result<ProviderSecrets, DatabaseUnwritable> => {
  try {
    const read = db.prepare<[], { value: string }>(
      "SELECT value FROM identity_secrets WHERE name = 'provider'",
    );
    const write = db.prepare(
      "INSERT INTO identity_secrets (name, value) VALUES ('provider', ?) ON CONFLICT DO NOTHING",
    );
    if (read.get() === undefined) write.run(JSON.stringify(generate()));
    return ok(Secrets.parse(JSON.parse(read.get()?.value ?? "null")));
  } catch (cause) {
    // The cause of a failed parse quotes what it read; only the database's own words are safe.
    const detail = cause instanceof Database.SqliteError ? cause.message : "secrets are damaged";
    return err({ code: "database-unwritable", file: db.name, detail });
  }
};
