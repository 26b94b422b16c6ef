import type { SqliteDatabase } from "./sqlite-driver.ts";
import { guarded } from "./storage-fault.ts";

/** What takes part in a transaction besides the file: state in memory that must agree with it. */
export type Participant = { committed(): void; rolledBack(): void };

/**
 * How long a transaction waits: `on-disk` until a loss of power can no longer undo it; `in-order`
 * only until a killed process cannot. A loss of power may then undo it, but nothing `on-disk` that
 * came after it stays without it.
 */
export type Durability = "on-disk" | "in-order";

/**
 * Runs `work` in one IMMEDIATE transaction: all of it is in the file when this returns, none of it
 * when this throws. Throws a `StorageFault` for what the database refuses.
 */
export function inTransaction<R>(
  db: SqliteDatabase,
  participant: Participant,
  work: () => R,
  durability: Durability = "on-disk",
): R {
  return guarded(() => {
    if (durability === "on-disk") return runIn(db, participant, work);
    db.exec("PRAGMA synchronous = NORMAL");
    try {
      return runIn(db, participant, work);
    } finally {
      db.exec("PRAGMA synchronous = FULL");
    }
  });
}

function runIn<R>(db: SqliteDatabase, participant: Participant, work: () => R): R {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    participant.committed();
    return result;
  } catch (error) {
    // After some failures SQLite has rolled back by itself.
    if (db.inTransaction) db.exec("ROLLBACK");
    participant.rolledBack();
    throw error;
  }
}
