import type BetterSqlite from "better-sqlite3";
import type { SqliteDatabase } from "kysely";

/** How many statements are kept: those of the server's own queries, and some of odd lengths. */
const KEPT = 500;

/**
 * A database that keeps what it has prepared: a transaction asks the same few questions many times,
 * and preparing them costs more than answering. The statement longest unused goes first.
 */
export const keepingStatements = (database: BetterSqlite.Database): SqliteDatabase => {
  const kept = new Map<string, BetterSqlite.Statement>();
  return {
    close: () => {
      kept.clear();
      database.close();
    },
    prepare: (sql) => {
      // A full disk makes SQLite roll back by itself; a second rollback would hide why.
      if (sql === "rollback" && !database.inTransaction) return database.prepare("SELECT 1");
      const statement = kept.get(sql) ?? database.prepare(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      const [oldest] = kept.size > KEPT ? kept.keys() : [];
      if (oldest !== undefined) kept.delete(oldest);
      return statement;
    },
  };
};
