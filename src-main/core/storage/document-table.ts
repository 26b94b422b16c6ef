import type { RxDocumentData } from "rxdb/plugins/core";
import { COMPLEX, type IndexValue, indexValueAt, sortableText } from "./index-value.ts";
import { saveSeqFloor, saveUntrusted, type TableRecord } from "./registry.ts";
import type { Bound } from "./selector-sql.ts";
import type { SqliteDatabase, SqliteStatement, TypedStatement } from "./sqlite-driver.ts";
import type { TableLayout } from "./table-layout.ts";

/** Statements kept compiled; queries of an application come in far fewer shapes. */
const STATEMENTS_KEPT = 256;

/** Below this many, ids are looked up one by one. */
const FEW_IDS = 16;

/** The revision, the deleted flag and the index values of a stored row, as its columns hold them. */
export type StoredColumns = readonly [rev: string, deleted: number, ...values: IndexValue[]];

/**
 * One collection's table: reads and writes single rows. Holds no transaction of its own; the caller
 * does, and calls `committed` or `rolledBack` at its end.
 */
export class DocumentTable<T> {
  readonly name: string;
  readonly epoch: string;
  readonly layout: TableLayout;
  readonly #db: SqliteDatabase;
  readonly #statements = new Map<string, SqliteStatement>();
  readonly #insert: SqliteStatement;
  readonly #columns: TypedStatement<[string], StoredColumns>;
  readonly #data: TypedStatement<[string], string>;
  #untrusted: ReadonlySet<string>;
  #seq: number;
  /** Changes of the open transaction, which its rollback takes back. */
  #newlyUntrusted = new Set<string>();

  constructor(db: SqliteDatabase, record: TableRecord, layout: TableLayout) {
    this.#db = db;
    this.name = record.table;
    this.epoch = record.epoch;
    this.layout = layout;
    this.#untrusted = new Set(record.untrusted);
    const own = layout.columns.map((column) => column.name);
    const marks = Array.from({ length: own.length + 6 }, () => "?").join(", ");
    this.#insert = db.prepare(
      `INSERT INTO "${this.name}" (${["id", "rev", "deleted", "lwt", "seq", ...own, "data"].join(", ")})
       VALUES (${marks})`,
    );
    this.#columns = db
      .prepare<[string], StoredColumns>(
        `SELECT ${["rev", "deleted", ...own].join(", ")} FROM "${this.name}" WHERE id = ?`,
      )
      .raw();
    this.#data = db
      .prepare<[string], string>(`SELECT data FROM "${this.name}" WHERE id = ?`)
      .pluck();
    const last = db.prepare<[], number | null>(`SELECT max(seq) FROM "${this.name}"`).pluck().get();
    this.#seq = Math.max(record.seqFloor, last ?? 0);
  }

  /** The number of the newest write; each write has a higher one than all before it. */
  get seq(): number {
    return this.#seq;
  }

  /** The column that holds `path`, unless SQL cannot compare its values as RxDB does. */
  readonly columnOf = (path: string): string | undefined => {
    const column = this.layout.columnOf.get(path);
    return column !== undefined && !this.#untrusted.has(column) ? column : undefined;
  };

  /** A compiled statement, kept for the next time. */
  statement(sql: string): SqliteStatement {
    const kept = this.#statements.get(sql);
    if (kept !== undefined) return kept;
    if (this.#statements.size >= STATEMENTS_KEPT) {
      for (const oldest of this.#statements.keys()) {
        this.#statements.delete(oldest);
        break;
      }
    }
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** What the columns of a document hold, or undefined where it is not there. */
  storedColumns(id: string): StoredColumns | undefined {
    return this.#columns.get(sortableText(id));
  }

  /** The document of that id, deleted or not. */
  document(id: string): RxDocumentData<T> | undefined {
    const data = this.#data.get(sortableText(id));
    return data === undefined ? undefined : (JSON.parse(data) as RxDocumentData<T>);
  }

  /** The documents of those ids that are there, deleted or not, in no particular order. */
  documents(ids: readonly string[]): RxDocumentData<T>[] {
    const keys = ids.map(sortableText);
    // SQLite's JSON ends a text at a NUL, so such an id can only be bound by itself.
    if (ids.length < FEW_IDS || keys.some((key) => key.includes("\0"))) {
      return ids.map((id) => this.document(id)).filter((document) => document !== undefined);
    }
    return [
      ...this.read(`SELECT data FROM "${this.name}" WHERE id IN (SELECT value FROM json_each(?))`, [
        JSON.stringify(keys),
      ]),
    ];
  }

  /** Adds a document. Throws SQLite's constraint error where its id is taken. */
  insert(id: string, document: RxDocumentData<T>): void {
    const values: (IndexValue | number)[] = [
      sortableText(id),
      document._rev,
      document._deleted ? 1 : 0,
      document._meta.lwt,
      ++this.#seq,
    ];
    for (const column of this.layout.columns) {
      const value = indexValueAt(document, column.keys);
      if (value === COMPLEX) this.#distrust(column.name);
      values.push(value);
    }
    values.push(JSON.stringify(document));
    this.#insert.run(...values);
  }

  /** Replaces a document, touching only the indexes whose values differ from `stored`. */
  update(id: string, document: RxDocumentData<T>, stored: StoredColumns): void {
    const deleted = document._deleted ? 1 : 0;
    let set = "rev = ?, lwt = ?, seq = ?, data = ?";
    const values: IndexValue[] = [
      document._rev,
      document._meta.lwt,
      ++this.#seq,
      JSON.stringify(document),
    ];
    if (deleted !== stored[1]) {
      set += ", deleted = ?";
      values.push(deleted);
    }
    this.layout.columns.forEach((column, n) => {
      const value = indexValueAt(document, column.keys);
      if (value === COMPLEX) this.#distrust(column.name);
      if (same(value, stored[n + 2] ?? null)) return;
      set += `, ${column.name} = ?`;
      values.push(value);
    });
    this.statement(`UPDATE "${this.name}" SET ${set} WHERE id = ?`).run(
      ...values,
      sortableText(id),
    );
  }

  /**
   * Removes up to `most` documents that were deleted at or before `deletedBefore` (ms), with their
   * attachments. Returns how many it removed.
   */
  purge(deletedBefore: number, most: number): number {
    // Their numbers may be the newest ones: what they were must stay spent.
    saveSeqFloor(this.#db, this.name, this.#seq);
    return this.statement(
      `DELETE FROM "${this.name}" WHERE rowid IN
       (SELECT rowid FROM "${this.name}" WHERE deleted = 1 AND lwt <= ? LIMIT ?)`,
    ).run(deletedBefore, most).changes;
  }

  /** The transaction around the last writes is on the disk. */
  committed(): void {
    if (this.#newlyUntrusted.size === 0) return;
    this.#untrusted = new Set([...this.#untrusted, ...this.#newlyUntrusted]);
    this.#newlyUntrusted = new Set();
  }

  /** The transaction around the last writes never was. Its sequence numbers stay unused. */
  rolledBack(): void {
    this.#newlyUntrusted = new Set();
  }

  /** Reads all rows a statement gives, one at a time, as documents. */
  *read(sql: string, params: readonly Bound[]): Generator<RxDocumentData<T>> {
    const rows = this.statement(sql)
      .pluck()
      .iterate(...params) as IterableIterator<string>;
    for (const data of rows) yield JSON.parse(data) as RxDocumentData<T>;
  }

  #distrust(column: string): void {
    if (this.#untrusted.has(column) || this.#newlyUntrusted.has(column)) return;
    this.#newlyUntrusted.add(column);
    saveUntrusted(this.#db, this.name, [...this.#untrusted, ...this.#newlyUntrusted]);
  }
}

function same(a: IndexValue, b: IndexValue): boolean {
  return a === b || (Buffer.isBuffer(a) && Buffer.isBuffer(b) && a.equals(b));
}
