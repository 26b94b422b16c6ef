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
 * Wipes the traces of erased rows, where there are any. Throws a `StorageFault`. `secure_delete`
 * overwrites what is deleted where it stands; but where SQLite has once split or merged a page, an
 * older copy of a row can be left in the unused part of another page, which only a file that is
 * written anew is sure not to have: in proportion to its size, and nothing is answered meanwhile.
 */
export const wipeErased = (db: SqliteDatabase): void => {
  if (!isUnwiped(db)) return;
  guarded(() => {
    db.exec("VACUUM");
    db.pragma(`user_version = ${WIPED}`);
  });
  emptyWriteAheadLog(db);
};

/** How large the file is, bytes: what writing it anew costs. */
export const sizeOf = (db: SqliteDatabase): number =>
  Number(db.pragma("page_count", { simple: true })) *
  Number(db.pragma("page_size", { simple: true }));
