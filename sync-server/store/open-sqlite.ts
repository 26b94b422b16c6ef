import { EventEmitter } from "node:events";
import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import BetterSqlite from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { Database } from "./schema.ts";
import { keepingStatements } from "./statements.ts";
import { type OnNews, prepare, type Store } from "./store.ts";

const failureOf = (cause: unknown, file: string): Failure => {
  const code = (cause as { code?: string }).code ?? "";
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) {
    return fail("storage-damaged", { file });
  }
  if (code === "SQLITE_FULL" || code === "ENOSPC") return fail("disk-full", { file });
  return fail("storage-unwritable", { file });
};

/**
 * Opens the embedded store in `file`, made where there is none. Refuses with `storage-damaged`,
 * `storage-unwritable` or `disk-full`, and then leaves the file as it was.
 */
export const openSqlite = async (file: string): Promise<Result<Store, Failure>> => {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const sqlite = new BetterSqlite(file);
    sqlite.pragma("journal_mode = WAL");
    sqlite.pragma("synchronous = FULL");
    sqlite.pragma("foreign_keys = ON");
    sqlite.pragma("cache_size = -64000");
    const [check] = sqlite.pragma("quick_check(1)") as { quick_check: string }[];
    if (check?.quick_check !== "ok") {
      sqlite.close();
      return err(fail("storage-damaged", { file }));
    }
    chmodSync(file, 0o600);
    const db = new Kysely<Database>({
      dialect: new SqliteDialect({ database: keepingStatements(sqlite) }),
    });
    const epoch = await prepare(db, "sqlite");
    return ok(sqliteStore(db, epoch));
  } catch (cause) {
    return err(failureOf(cause, file));
  }
};

/** One process owns the file, so what it announces it tells itself. */
const sqliteStore = (db: Kysely<Database>, epoch: string): Store => {
  const news = new EventEmitter<{ news: Parameters<OnNews> }>();
  news.setMaxListeners(0);
  return {
    db,
    dialect: "sqlite",
    epoch,
    reading: (_tenantId, read) => db.transaction().execute(read),
    listen: (onNews) => {
      news.on("news", onNews);
      return () => news.off("news", onNews);
    },
    // The transaction holds the only connection: whoever reads on hearing this waits for its commit.
    announce: async (_tx, heads, accounts = []) => {
      setImmediate(() => news.emit("news", heads, accounts));
    },
    close: () => db.destroy(),
  };
};
