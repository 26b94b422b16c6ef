import type { Account } from "#core/session/account.ts";
import type { SqliteDatabase } from "#core/storage/sqlite-driver.ts";
import type { SqliteInternals } from "#core/storage/storage-instance.ts";
import { layoutOf } from "#core/storage/table-layout.ts";

/** The first page of the queue, and its length, as bare SQL upon the device's own table. */
export interface BarePage {
  page: string;
  count: string;
}

const parts = (account: Account) => {
  const storage = account.database.records.storageInstance;
  return {
    internals: storage.internals as unknown as SqliteInternals,
    layout: layoutOf(storage.schema as never),
  };
};

/** The SQL of the page in the table this device keeps its records in. */
export const barePageSql = (account: Account): BarePage => {
  const { internals, layout } = parts(account);
  const column = (path: string): string => {
    const name = layout.columnOf.get(path);
    if (name === undefined) throw new Error(`no column for ${path}`);
    return name;
  };
  const from = `FROM "${internals.table}" WHERE deleted = 0 AND ${column("queue")} = '1'`;
  return {
    page: `SELECT data ${from} ORDER BY ${column("queue")}, ${column("due")}, id LIMIT 50`,
    count: `SELECT count(*) ${from}`,
  };
};

/** Prepares the page on an open connection; each call reads and parses it. */
export const preparedPage = (db: SqliteDatabase, sql: BarePage): (() => number) => {
  const page = db.prepare<[], string>(sql.page).pluck();
  const count = db.prepare<[], number>(sql.count).pluck();
  return () => {
    const rows = page.all().map((text) => JSON.parse(text) as object);
    return rows.length + (count.get() ?? 0);
  };
};

/** The connection the device itself uses. */
export const connectionOf = (account: Account): SqliteDatabase => parts(account).internals.database;

/** How many rows the table of records has, whatever they say of themselves. */
export const rowsInFile = (account: Account): number =>
  connectionOf(account)
    .prepare<[], number>(`SELECT count(*) FROM "${parts(account).internals.table}"`)
    .pluck()
    .get() ?? 0;
