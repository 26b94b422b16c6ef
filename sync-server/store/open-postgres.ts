import { EventEmitter } from "node:events";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { Database } from "./schema.ts";
import { type Heads, prepare, type Store } from "./store.ts";

const CHANNEL = "feed_grown";

/** Opens the store in the PostgreSQL database at `url`; several processes may share it. */
export const openPostgres = async (url: string): Promise<Result<Store, Failure>> => {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const ears = new pg.Client({ connectionString: url });
  const heads = new EventEmitter<{ heads: [Heads] }>();
  heads.setMaxListeners(0);
  try {
    await ears.connect();
    await ears.query(`LISTEN ${CHANNEL}`);
    ears.on("notification", (n) => heads.emit("heads", JSON.parse(n.payload ?? "{}") as Heads));
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
    const epoch = await prepare(db, "postgres");
    return ok({
      db,
      dialect: "postgres",
      epoch,
      listen: (onHeads) => {
        heads.on("heads", onHeads);
        return () => heads.off("heads", onHeads);
      },
      announce: async (tx, grown) => {
        await sql`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(grown)})`.execute(tx);
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
