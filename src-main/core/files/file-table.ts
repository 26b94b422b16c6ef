import { emptyWriteAheadLog } from "../storage/damage-check.ts";
import type { SqliteDatabase } from "../storage/sqlite-driver.ts";
import { guarded } from "../storage/storage-fault.ts";
import { type Durability, inTransaction } from "../storage/transaction.ts";

/** How the bytes of a file lie, in rows of this many; every row but the last is full. */
export const ROW_BYTES = 256 * 1024;

/**
 * How a file stands on this device. `arriving` is being taken in and has no name yet; `kept` is whole
 * and on the disk, but no record names it yet; `waiting` is to be sent; `failed` was refused by the
 * server for good; `sent` the server has too; `partial` is being fetched.
 */
export type FileState = "arriving" | "kept" | "waiting" | "failed" | "sent" | "partial";

/** What is known of a file here. */
export interface FileRow {
  id: number;
  hash: string | null;
  type: string;
  size: number;
  state: FileState;
  /** No record here names it any more: it is sent, then erased. */
  leaving: 0 | 1;
  /** Where the upload under way lies at the server. */
  url: string | null;
  /** How often the server found that what arrived was not what was sent. */
  damaged: number;
  /** The code of the failure of one that failed. */
  failure: string | null;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS blob (
    id INTEGER PRIMARY KEY,
    hash TEXT UNIQUE,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL,
    leaving INTEGER NOT NULL DEFAULT 0,
    url TEXT,
    damaged INTEGER NOT NULL DEFAULT 0,
    failure TEXT
  );
  CREATE INDEX IF NOT EXISTS blob_state ON blob (state, id);
  CREATE TABLE IF NOT EXISTS chunk (
    blob INTEGER NOT NULL REFERENCES blob (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (blob, n)
  );
`;

const nobody = { committed: () => {}, rolledBack: () => {} };

/**
 * The files of one account, in an encrypted database of their own: erasing them, or a hundred
 * megabytes of them, never touches the records. Every method throws a `StorageFault` where the disk
 * or the file is at fault; what was there before is then still there.
 */
export class FileTable {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
    guarded(() => db.exec(SCHEMA));
  }

  /** Begins to take a file in; it has no name before {@link name}. */
  begin(type: string): number {
    const made = this.#run("INSERT INTO blob (type, size, state) VALUES (?, 0, 'arriving')", type);
    return Number(made.lastInsertRowid);
  }

  /** Begins to fetch the file of a hash, of which nothing is here. */
  beginFetch(hash: string): number {
    const made = this.#run(
      "INSERT INTO blob (hash, type, size, state) VALUES (?, '', 0, 'partial')",
      hash,
    );
    return Number(made.lastInsertRowid);
  }

  /** Adds the next row of bytes; a loss of power may still undo it, {@link change} may not be undone. */
  append(id: number, bytes: Uint8Array): void {
    this.#inTransaction(() => {
      const { n } = this.#get<{ n: number }>(
        "SELECT count(*) AS n FROM chunk WHERE blob = ?",
        id,
      ) ?? { n: 0 };
      this.#run("INSERT INTO chunk (blob, n, body) VALUES (?, ?, ?)", id, n, bytes);
      this.#run("UPDATE blob SET size = size + ? WHERE id = ?", bytes.byteLength, id);
    }, "in-order");
  }

  /**
   * Gives a file that was taken in whole its name; on the disk when this returns. Where there is one
   * of that name already the new one goes, as it has the same bytes. Returns the id that stays.
   */
  name(id: number, hash: string): number {
    return this.#inTransaction(() => {
      const there = this.of(hash);
      if (there !== undefined && there.state !== "partial") {
        this.#run("DELETE FROM blob WHERE id = ?", id);
        if (there.leaving) this.#run("UPDATE blob SET leaving = 0 WHERE id = ?", there.id);
        return there.id;
      }
      if (there !== undefined) this.#run("DELETE FROM blob WHERE id = ?", there.id);
      this.#run("UPDATE blob SET hash = ?, state = 'kept' WHERE id = ?", hash, id);
      return id;
    });
  }

  /** Changes what is said of a file; on the disk when this returns. */
  change(
    id: number,
    to: Partial<Pick<FileRow, "state" | "leaving" | "url" | "damaged" | "failure">>,
  ): void {
    const fields = Object.entries(to);
    const set = fields.map(([name]) => `${name} = ?`).join(", ");
    this.#run(`UPDATE blob SET ${set} WHERE id = ?`, ...fields.map(([, value]) => value), id);
  }

  /** The file of a hash, in whatever state. */
  of(hash: string): FileRow | undefined {
    return this.#get<FileRow>("SELECT * FROM blob WHERE hash = ?", hash);
  }

  /** Every file here, the oldest first. */
  all(): FileRow[] {
    return guarded(() => this.#db.prepare("SELECT * FROM blob ORDER BY id").all() as FileRow[]);
  }

  /** The file that is to be sent next. */
  nextToSend(): FileRow | undefined {
    return this.#get<FileRow>("SELECT * FROM blob WHERE state = 'waiting' ORDER BY id LIMIT 1");
  }

  /** How many files are in this state. */
  count(state: FileState): number {
    const row = this.#get<{ n: number }>("SELECT count(*) AS n FROM blob WHERE state = ?", state);
    return row?.n ?? 0;
  }

  /** The `n`th row of a file's bytes, or undefined beyond its end. */
  row(id: number, n: number): Uint8Array | undefined {
    return this.#get<{ body: Uint8Array }>("SELECT body FROM chunk WHERE blob = ? AND n = ?", id, n)
      ?.body;
  }

  /** The bytes of a file from `start` to before `end`. */
  bytes(id: number, start: number, end: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(end - start);
    for (let n = Math.floor(start / ROW_BYTES); n * ROW_BYTES < end; n += 1) {
      const row = this.row(id, n) ?? new Uint8Array();
      const from = Math.max(start - n * ROW_BYTES, 0);
      const part = row.subarray(from, Math.min(end - n * ROW_BYTES, row.byteLength));
      bytes.set(part, n * ROW_BYTES + from - start);
    }
    return bytes;
  }

  /** Forgets files; what was written over them stays in no log. */
  erase(ids: readonly number[]): void {
    if (ids.length === 0) return;
    this.#inTransaction(() => {
      for (const id of ids) this.#run("DELETE FROM blob WHERE id = ?", id);
    });
    emptyWriteAheadLog(this.#db);
  }

  close(): void {
    this.#db.close();
  }

  #run(sql: string, ...values: unknown[]) {
    return guarded(() => this.#db.prepare(sql).run(...values));
  }

  #get<T>(sql: string, ...values: unknown[]): T | undefined {
    return guarded(() => this.#db.prepare(sql).get(...values) as T | undefined);
  }

  #inTransaction<T>(work: () => T, durability: Durability = "on-disk"): T {
    return inTransaction(this.#db, nobody, work, durability);
  }
}
