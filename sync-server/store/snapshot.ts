import type { Transaction } from "kysely";
import type { Database } from "./schema.ts";
import type { Store } from "./store.ts";

/**
 * Reads several things as they stood at one instant. SQLite's one connection is busy with it
 * meanwhile; PostgreSQL reads from one snapshot.
 */
export const readSnapshot = <T>(
  { db, dialect }: Store,
  read: (tx: Transaction<Database>) => Promise<T>,
): Promise<T> => {
  const transaction = db.transaction();
  return dialect === "sqlite"
    ? transaction.execute(read)
    : transaction.setIsolationLevel("repeatable read").setAccessMode("read only").execute(read);
};
