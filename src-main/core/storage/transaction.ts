import type { SqliteDatabase } from "./sqlite-driver.ts";
import { guarded } from "./storage-fault.ts";

/** What takes part in a transaction besides the file: state in memory that must agree with it. */
export type Participant = { committed(): void; rolledBack(): void };

/**
 * Runs `work` in one IMMEDIATE transaction: all of it is in the file when this returns, none of it
 * when this throws. Throws a `StorageFault` for what the database refuses.
 */
export function inTransaction<R>(db: SqliteDatabase, participant: Participant, work: () => R): R {
  return guarded(() => {
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
  });
}
