import { accessSync, chmodSync, constants, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { keyOpensSomePage } from "./key-check.ts";
import { Database, type SqliteDatabase } from "./sqlite-driver.ts";
import { asStorageFault, StorageFault } from "./storage-fault.ts";
import { wipeErased } from "./wipe.ts";

/** Why a database could not be opened. */
export type OpenDatabaseFailure = "wrong-key" | "damaged" | "unwritable" | "disk-full" | "failed";

export type OpenDatabaseResult =
  | { readonly ok: true; readonly database: SqliteDatabase }
  | { readonly ok: false; readonly code: OpenDatabaseFailure; readonly detail: string };

const PRAGMAS = [
  "journal_mode = WAL",
  // FULL: a write that was reported is on the disk, also after a loss of power.
  "synchronous = FULL",
  "secure_delete = ON",
  "foreign_keys = ON",
  "temp_store = MEMORY",
  // KiB. Pages are decrypted and authenticated on each read that misses this cache.
  "cache_size = -65536",
  // Pages, so 120 MB. A checkpoint decrypts and encrypts every page it moves, and a first sync
  // touches the same index pages again and again: the rarer, the fewer are moved.
  "wal_autocheckpoint = 30000",
  // Bytes the log keeps once it has been checkpointed.
  "journal_size_limit = 16777216",
];

/**
 * Opens, or creates, the encrypted database `file` with a raw key of 32 bytes in hex, and makes sure
 * it can be read and written. Creates missing folders. Never throws for a reason that lies in the
 * file, the key or the disk; throws a TypeError for a key that is not 64 hex digits.
 */
export function openEncryptedDatabase(options: {
  readonly file: string;
  readonly keyHex: string;
}): OpenDatabaseResult {
  const { file, keyHex } = options;
  if (!/^[0-9a-f]{64}$/i.test(keyHex)) throw new TypeError("keyHex must be 64 hex digits");
  try {
    mkdirSync(dirname(file), { recursive: true });
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    return failure(isFull(error) ? "disk-full" : "unwritable", error);
  }
  let database: SqliteDatabase | undefined;
  try {
    database = new Database(file);
    database.pragma("cipher = 'sqlcipher'");
    database.pragma(`key = "x'${keyHex}'"`);
    // The first read is what proves the key.
    database.prepare("SELECT count(*) FROM sqlite_master").get();
    for (const pragma of PRAGMAS) database.pragma(pragma);
    database.exec("BEGIN IMMEDIATE; COMMIT");
    if (database.pragma("user_version", { simple: true }) === 0) {
      database.pragma("user_version = 1");
    }
    wipeErased(database);
    chmodSync(file, 0o600);
    return { ok: true, database };
  } catch (error) {
    database?.close();
    const fault = asStorageFault(error);
    if (!(fault instanceof StorageFault)) return failure("failed", error);
    switch (fault.code) {
      case "disk-full":
        return failure("disk-full", error);
      case "unwritable":
      case "read-only":
        return failure("unwritable", error);
      case "damaged":
        return failure(keyOpensSomePage(file, keyHex) ? "damaged" : "wrong-key", error);
      case "io":
        return failure(keyOpensSomePage(file, keyHex) ? "damaged" : "failed", error);
      default:
        return failure("failed", error);
    }
  }
}

function failure(code: OpenDatabaseFailure, cause: unknown): OpenDatabaseResult {
  return { ok: false, code, detail: cause instanceof Error ? cause.message : String(cause) };
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
