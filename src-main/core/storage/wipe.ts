import { emptyWriteAheadLog } from "./damage-check.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import { guarded } from "./storage-fault.ts";

/** What the file's `user_version` says. */
const WIPED = 1;
const UNWIPED = 2;

/** Says, inside the transaction that erases something, that its traces are still to be wiped. */
export const markUnwiped = (db: SqliteDatabase): void => {
  db.pragma(`user_version = ${UNWIPED}`);
};

/** Whether something was erased whose traces have not been wiped yet. */
const isUnwiped = (db: SqliteDatabase): boolean =>
  db.pragma("user_version", { simple: true }) === UNWIPED;

/**
 * Wipes the traces of what was erased, where there are any; in proportion to the file, and nothing
 * else is answered meanwhile. Throws a `StorageFault`. Writes the file anew and empties its write-ahead log. `secure_delete` overwrites what is deleted
 * where it stands; but where SQLite has once split or merged a page, an older copy of a row can be
 * left in the unused part of another page, which only a new file is sure not to have.
 */
export const wipe = (db: SqliteDatabase): void => {
  if (!isUnwiped(db)) return;
  guarded(() => {
    db.exec("VACUUM");
    db.pragma(`user_version = ${WIPED}`);
  });
  emptyWriteAheadLog(db);
};
