import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { type AuditLine, readAudit } from "#server/audit/log.ts";
import type { Database } from "#server/store/schema.ts";

/** Where a server keeps its database. */
type At = { serverFolder: string };

/** Reads the server's database file beside the running server, and never writes to it. */
export const reading = async <T>(
  at: At,
  read: (db: Kysely<Database>) => Promise<T>,
): Promise<T> => {
  const file = join(at.serverFolder, "server.db");
  const database = new BetterSqlite(file, { readonly: true });
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database }) });
  try {
    return await read(db);
  } finally {
    await db.destroy();
  }
};

/** The audit log of an organisation, by the id it has as a tenant. */
export const auditOf = (at: At, logId: string): Promise<AuditLine[]> =>
  reading(at, (db) => readAudit(db, logId));

/** Every line of every log, each log in its own order. */
export const wholeAudit = (at: At): Promise<Map<string, AuditLine[]>> =>
  reading(at, async (db) => {
    const heads = await db.selectFrom("audit_head").select("log_id").execute();
    const logs = await Promise.all(
      heads.map(async ({ log_id }) => [log_id, await readAudit(db, log_id)] as const),
    );
    return new Map(logs);
  });
