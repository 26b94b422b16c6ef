import { join } from "node:path";
import type { Logger } from "pino";
import type { Failure } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import { openPostgres } from "./open-postgres.ts";
import { openSqlite } from "./open-sqlite.ts";
import type { PostgresUrls } from "./postgres-logins.ts";
import type { Store } from "./store.ts";

/** The file of the embedded store in a server's data folder. */
export const sqliteFile = (dataFolder: string): string => join(dataFolder, "server.db");

/** Opens the store in PostgreSQL where that is given, else the embedded one in the data folder. */
export const openStore = (
  database: PostgresUrls | null,
  dataFolder: string,
  log: Pick<Logger, "warn">,
): Promise<Result<Store, Failure | string>> =>
  database === null
    ? openSqlite(sqliteFile(dataFolder))
    : openPostgres(database, (cause) =>
        log.warn({ err: cause }, "a connection to the database was lost"),
      );
