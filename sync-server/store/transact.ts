import { setTimeout as pause } from "node:timers/promises";
import { type Kysely, PostgresAdapter, sql, type Transaction } from "kysely";
import type { Database } from "./schema.ts";

/**
 * What PostgreSQL says of a transaction that stood in another's way: a deadlock, a failed
 * serialization, and a row that another process has written meanwhile. Run again, it goes through.
 */
const passing = new Set(["40P01", "40001", "23505"]);

const ATTEMPTS = 5;

/** Whether a transaction runs on PostgreSQL, where others run beside it; SQLite has one at a time. */
export const runsBesideOthers = (tx: Kysely<Database>): boolean =>
  tx.getExecutor().adapter instanceof PostgresAdapter;

/**
 * Waits until no other transaction stands in the line of this name, and stands in it until this one
 * ends: what is decided by all there is of something is decided by one at a time.
 */
export const standInLine = async (tx: Transaction<Database>, name: string): Promise<void> => {
  if (!runsBesideOthers(tx)) return;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
};

/**
 * Runs `work` in one transaction, and again, a few times, where another transaction stood in its way.
 * Rejects with whatever else it throws, and with the last such failure.
 */
export const transact = async <T>(
  db: Kysely<Database>,
  work: (tx: Transaction<Database>) => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (cause) {
      const code = (cause as { code?: unknown }).code;
      const again = typeof code === "string" && passing.has(code) && attempt < ATTEMPTS;
      if (!again) throw cause;
      // Not all at once: those who met do not meet again.
      await pause(attempt * 10 * Math.random());
    }
  }
};
