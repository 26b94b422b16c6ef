import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Database } from "./schema.ts";

/** Counts and checksums stay below 2^53: they are numbers here, as they are in SQLite. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as "text"),
};

/** Called with what went wrong on a connection that nobody was waiting for. */
export type OnLost = (cause: unknown) => void;

/** How long a request waits for a connection, ms. */
const CONNECT_MS = 10_000;

/**
 * The database through a pool of connections of one login. A connection that breaks costs whoever
 * used it their query, and is replaced; where nobody did, `onLost` is told.
 */
export const openPool = (config: pg.PoolConfig, onLost: OnLost): Kysely<Database> => {
  const pool = new pg.Pool({
    max: 10,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    ...config,
    types,
  });
  pool.on("error", onLost);
  // The pool listens to idle connections only: one breaks as well between two queries of somebody.
  pool.on("connect", (client) => client.on("error", () => {}));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
};
