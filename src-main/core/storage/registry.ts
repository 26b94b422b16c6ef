import { randomBytes } from "node:crypto";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import {
  createIndexesSql,
  createTableSql,
  layoutFingerprint,
  type TableLayout,
} from "./table-layout.ts";

/** What the file knows of one collection's table. */
export type TableRecord = {
  readonly table: string;
  /** Names this table's run of sequence numbers; another table never has the same. */
  readonly epoch: string;
  /** No sequence number up to this one may be given again, even though its row is gone. */
  readonly seqFloor: number;
  /** Columns that hold, or have held, a value SQL cannot compare as RxDB does. */
  readonly untrusted: readonly string[];
};

type Row = { id: number; epoch: string; layout: string; seq_floor: number; untrusted: string };

const REGISTRY_SQL = `CREATE TABLE IF NOT EXISTS rx_tables (
  id INTEGER PRIMARY KEY AUTOINCREMENT, database TEXT NOT NULL, collection TEXT NOT NULL,
  version INTEGER NOT NULL, epoch TEXT NOT NULL, layout TEXT NOT NULL,
  seq_floor INTEGER NOT NULL DEFAULT 0, untrusted TEXT NOT NULL DEFAULT '[]',
  UNIQUE (database, collection, version))`;

/** The collection a table belongs to. */
export type TableKey = {
  readonly database: string;
  readonly collection: string;
  readonly version: number;
};

/**
 * Finds the table of a collection, or creates it with its indexes. A table whose layout is not the
 * one asked for is handed to `rebuild` inside the same transaction.
 */
export function openTable(
  db: SqliteDatabase,
  key: TableKey,
  layout: TableLayout,
  rebuild: (table: string) => readonly string[],
): TableRecord {
  db.exec(REGISTRY_SQL);
  const wanted = layoutFingerprint(layout);
  const find = db.prepare<[string, string, number], Row>(
    `SELECT id, epoch, layout, seq_floor, untrusted FROM rx_tables
     WHERE database = ? AND collection = ? AND version = ?`,
  );
  const open = db.transaction((): TableRecord => {
    let row = find.get(key.database, key.collection, key.version);
    if (row === undefined) {
      db.prepare(
        "INSERT INTO rx_tables (database, collection, version, epoch, layout) VALUES (?, ?, ?, ?, ?)",
      ).run(key.database, key.collection, key.version, randomBytes(8).toString("hex"), wanted);
      row = find.get(key.database, key.collection, key.version);
      if (row === undefined) throw new Error("the registry lost a row it was just given");
      db.exec(createTableSql(`rx_${row.id}`, layout));
      for (const sql of createIndexesSql(`rx_${row.id}`, layout)) db.exec(sql);
    } else if (row.layout !== wanted) {
      const untrusted = JSON.stringify(rebuild(`rx_${row.id}`));
      db.prepare("UPDATE rx_tables SET layout = ?, untrusted = ? WHERE id = ?").run(
        wanted,
        untrusted,
        row.id,
      );
      row = { ...row, untrusted };
    }
    return {
      table: `rx_${row.id}`,
      epoch: row.epoch,
      seqFloor: row.seq_floor,
      untrusted: JSON.parse(row.untrusted) as string[],
    };
  });
  return open.immediate();
}

const idOf = (table: string): number => Number(table.slice("rx_".length));

/** Remembers the columns whose values SQL must not be trusted to compare. */
export function saveUntrusted(db: SqliteDatabase, table: string, columns: Iterable<string>): void {
  db.prepare("UPDATE rx_tables SET untrusted = ? WHERE id = ?").run(
    JSON.stringify([...columns]),
    idOf(table),
  );
}

/** Remembers that sequence numbers up to `seq` are spent. */
export function saveSeqFloor(db: SqliteDatabase, table: string, seq: number): void {
  db.prepare("UPDATE rx_tables SET seq_floor = max(seq_floor, ?) WHERE id = ?").run(
    seq,
    idOf(table),
  );
}

/** Drops a table, its attachments and its entry. */
export function dropTable(db: SqliteDatabase, table: string): void {
  db.exec(`DROP TABLE IF EXISTS "${table}"`);
  db.exec(`DROP TABLE IF EXISTS "${table}_att"`);
  db.prepare("DELETE FROM rx_tables WHERE id = ?").run(idOf(table));
}

/** The versions of one database's collections that lie in the file, by the collection's name. */
export function versionsIn(db: SqliteDatabase, database: string): Map<string, number[]> {
  db.exec(REGISTRY_SQL);
  const rows = db
    .prepare<[string], { collection: string; version: number }>(
      "SELECT collection, version FROM rx_tables WHERE database = ? ORDER BY version",
    )
    .all(database);
  const versions = new Map<string, number[]>();
  for (const { collection, version } of rows) {
    versions.set(collection, [...(versions.get(collection) ?? []), version]);
  }
  return versions;
}

/** The table of a collection that is in the file. Throws where it is not. */
export function tableNameOf(db: SqliteDatabase, key: TableKey): string {
  const id = db
    .prepare<[string, string, number], number>(
      "SELECT id FROM rx_tables WHERE database = ? AND collection = ? AND version = ?",
    )
    .pluck()
    .get(key.database, key.collection, key.version);
  if (id === undefined) throw new Error(`no table of ${key.collection}, version ${key.version}`);
  return `rx_${id}`;
}

/**
 * Says that a collection's table is of another version now, and with it the metadata of its
 * replications. Its index columns are filled anew when it is opened.
 */
export function saveVersion(db: SqliteDatabase, key: TableKey, version: number): void {
  db.prepare(
    `UPDATE rx_tables SET version = ?, layout = ''
     WHERE database = ? AND version = ? AND (collection = ? OR collection LIKE 'rx-replication-meta-%')`,
  ).run(version, key.database, key.version, key.collection);
}
