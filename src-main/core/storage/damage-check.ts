import type { SqliteDatabase } from "./sqlite-driver.ts";
import { asStorageFault, StorageFault } from "./storage-fault.ts";

export type DamageReport =
  | { readonly sound: true }
  | { readonly sound: false; readonly findings: readonly string[] };

/**
 * Reads every page and says whether the file is whole (`PRAGMA quick_check`). It takes time in
 * proportion to the file, seconds for 100 MB. Throws a `StorageFault` only for what is not
 * damage, such as a closed connection.
 */
export function checkForDamage(database: SqliteDatabase): DamageReport {
  try {
    const rows = database.prepare<[], string>("PRAGMA quick_check(20)").pluck().all();
    return rows.length === 1 && rows[0] === "ok"
      ? { sound: true }
      : { sound: false, findings: rows };
  } catch (error) {
    const fault = asStorageFault(error);
    if (fault instanceof StorageFault && (fault.code === "damaged" || fault.code === "io")) {
      return { sound: false, findings: [fault.message] };
    }
    throw fault;
  }
}

/**
 * Moves everything from the write-ahead log into the file and empties the log, so that nothing
 * purged stays behind in it. Throws a `StorageFault` if a reader keeps it from doing so.
 */
export function emptyWriteAheadLog(database: SqliteDatabase): void {
  try {
    const [row] = database.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
    if (row?.busy !== 0) throw new StorageFault("busy", "the write-ahead log is still being read");
  } catch (error) {
    throw asStorageFault(error);
  }
}
