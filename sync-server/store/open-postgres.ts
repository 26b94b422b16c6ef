import { EventEmitter } from "node:events";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { type News, newsInPieces } from "./news.ts";
import type { Database } from "./schema.ts";
import { type OnNews, prepare, type Store } from "./store.ts";

const CHANNEL = "news";

/** Counts and checksums stay below 2^53: they are numbers here, as they are in SQLite. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as "text"),
};

/** Opens the store in the PostgreSQL database at `url`; several processes may share it. */
export const openPostgres = async (url: string): Promise<Result<Store, Failure>> => {
  const pool = new pg.Pool({ connectionString: url, max: 10, types });
  const ears = new pg.Client({ connectionString: url });
  const news = new EventEmitter<{ news: Parameters<OnNews> }>();
  news.setMaxListeners(0);
  try {
    await ears.connect();
    await ears.query(`LISTEN ${CHANNEL}`);
    ears.on("notification", ({ payload }) => {
      const { heads, accounts } = JSON.parse(payload ?? "") as News;
      news.emit("news", heads, accounts);
    });
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
    const epoch = await prepare(db, "postgres");
    return ok({
      db,
      dialect: "postgres",
      epoch,
      listen: (onNews) => {
        news.on("news", onNews);
        return () => news.off("news", onNews);
      },
      announce: async (tx, heads, accounts = []) => {
        for (const piece of newsInPieces({ heads, accounts })) {
          await sql`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(piece)})`.execute(tx);
        }
      },
      close: async () => {
        await ears.end();
        await db.destroy();
      },
    });
  } catch (cause) {
    await ears.end();
    await pool.end();
    return err(fail("storage-unwritable", { file: new URL(url).host, reason: String(cause) }));
  }
};
