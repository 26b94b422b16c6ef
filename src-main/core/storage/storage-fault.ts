import { Database } from "./sqlite-driver.ts";

/** What went wrong underneath, in the words the rest of the core acts on. */
export type StorageFaultCode =
  | "disk-full"
  | "read-only"
  | "io"
  | "damaged"
  | "busy"
  | "unwritable"
  | "closed"
  | "unexpected";

/**
 * The database refused or failed. The transaction under way was rolled back, so what was there
 * before is still there, whole. `sqliteCode` is SQLite's own name for it, such as `SQLITE_FULL`.
 */
export class StorageFault extends Error {
  override readonly name = "StorageFault";
  readonly code: StorageFaultCode;
  readonly sqliteCode: string | undefined;

  constructor(code: StorageFaultCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.sqliteCode = cause instanceof Database.SqliteError ? cause.code : undefined;
  }
}

const FAMILIES: readonly (readonly [prefix: string, code: StorageFaultCode])[] = [
  ["SQLITE_FULL", "disk-full"],
  ["SQLITE_READONLY", "read-only"],
  ["SQLITE_IOERR", "io"],
  ["SQLITE_CORRUPT", "damaged"],
  ["SQLITE_NOTADB", "damaged"],
  ["SQLITE_BUSY", "busy"],
  ["SQLITE_LOCKED", "busy"],
  ["SQLITE_CANTOPEN", "unwritable"],
  ["SQLITE_PERM", "unwritable"],
];

/** The fault family of an SQLite result code, extended codes included. */
function faultCodeOf(sqliteCode: string): StorageFaultCode {
  return FAMILIES.find(([prefix]) => sqliteCode.startsWith(prefix))?.[1] ?? "unexpected";
}

/** An error as thrown by the driver, as a `StorageFault`; anything else comes back as it is. */
export function asStorageFault(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  return new StorageFault(faultCodeOf(error.code), error.message, error);
}

/** Runs `work`, turning what the driver throws into a `StorageFault`. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asStorageFault(error);
  }
}
