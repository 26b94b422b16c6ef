/// <reference path="./sqlite-driver-types.d.ts" />
import Database from "better-sqlite3-multiple-ciphers";

/** One open connection to one file. It is synchronous, and everything in the process shares it. */
export type SqliteDatabase = Database.Database;

/** A compiled statement that takes any parameters. */
export type SqliteStatement = Database.Statement<unknown[], unknown>;

/** A compiled statement with the parameters it takes and what it gives. */
export type TypedStatement<Parameters extends unknown[], Result> = Database.Statement<
  Parameters,
  Result
>;

export { Database };
