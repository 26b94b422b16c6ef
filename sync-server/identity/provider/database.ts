import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { err, ok, type Result } from "#shared/result.ts";

/** An open identity database: passwords, provider records and the provider's own secrets. */
export type IdentityDatabase = Database.Database;

/** The file cannot be created, read or written; `detail` says what the system answered. */
export interface DatabaseUnwritable {
  code: "database-unwritable";
  file: string;
  detail: string;
}

const schema = `
  CREATE TABLE IF NOT EXISTS identity_secrets (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS identity_passwords (
    account_id TEXT PRIMARY KEY,
    password_hash TEXT NOT NULL
  ) STRICT;
  -- Who accounts are is told by the sync server's store.
  DROP TABLE IF EXISTS identity_accounts;
  CREATE TABLE IF NOT EXISTS oidc_records (
    model TEXT NOT NULL,
    id TEXT NOT NULL,
    payload TEXT NOT NULL,
    uid TEXT,
    grant_id TEXT,
    rotation INTEGER,
    consumed_at INTEGER,
    superseded INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (model, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS oidc_records_by_grant ON oidc_records (grant_id, model);
  CREATE INDEX IF NOT EXISTS oidc_records_by_uid ON oidc_records (uid) WHERE uid IS NOT NULL;
  CREATE INDEX IF NOT EXISTS oidc_records_by_expiry ON oidc_records (expires_at);
`;

/**
 * Opens (and on first use creates) the identity database, readable by its owner only: it holds
 * signing keys and password hashes. SQLite gives its side files the mode of the main one.
 */
export const openIdentityDatabase = (
  file: string,
): Result<IdentityDatabase, DatabaseUnwritable> => {
  let db: IdentityDatabase | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    closeSync(openSync(file, "a", 0o600));
    chmodSync(file, 0o600);
    db = new Database(file);
    db.pragma("journal_mode = WAL");
    // A refresh token that was answered must still be known after a power cut.
    db.pragma("synchronous = FULL");
    db.pragma("busy_timeout = 5000");
    db.exec(schema);
    return ok(db);
  } catch (cause) {
    db?.close();
    const detail = cause instanceof Error ? cause.message : String(cause);
    return err({ code: "database-unwritable", file, detail });
  }
};
