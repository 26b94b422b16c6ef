import {
  type BulkWriteRow,
  type CategorizeBulkWriteRowsOutput,
  categorizeBulkWriteRows,
  type RxDocumentData,
  type RxStorageInstance,
  type StringKeys,
} from "rxdb/plugins/core";
import type { AttachmentTable } from "./attachment-table.ts";
import type { DocumentTable, StoredColumns } from "./document-table.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import { StorageFault } from "./storage-fault.ts";
import { type Durability, inTransaction } from "./transaction.ts";

/** Where a bulk write goes. */
export type WriteTarget<T> = {
  // biome-ignore lint/suspicious/noExplicitAny: RxDB types its helper so.
  readonly instance: RxStorageInstance<T, any, any>;
  readonly db: SqliteDatabase;
  readonly table: DocumentTable<T>;
  readonly attachments: AttachmentTable | undefined;
  readonly durability: Durability;
};

/** What became of a bulk write. */
export type WriteOutcome<T> = CategorizeBulkWriteRowsOutput<T>;

/**
 * Writes rows in one transaction, each row by itself a success or an error. Throws a `StorageFault`,
 * with nothing written, where the database fails.
 */
export function bulkWrite<T>(
  target: WriteTarget<T>,
  rows: BulkWriteRow<T>[],
  context: string,
  blobs: ReadonlyMap<Blob, Buffer>,
): WriteOutcome<T> {
  const write = (work: () => WriteOutcome<T>): WriteOutcome<T> =>
    inTransaction(target.db, target.table, work, target.durability);
  // Rows that claim to be new nearly always are: their ids are looked up only if that proves wrong.
  if (target.attachments === undefined) {
    try {
      return write(() => attempt(target, rows, context, blobs, false));
    } catch (error) {
      if (!isTakenId(error)) throw error;
    }
  }
  return write(() =>
    joined(
      withoutRepeats(rows, target.table.layout.primaryPath).map((part) =>
        attempt(target, part, context, blobs, true),
      ),
    ),
  );
}

function attempt<T>(
  target: WriteTarget<T>,
  rows: BulkWriteRow<T>[],
  context: string,
  blobs: ReadonlyMap<Blob, Buffer>,
  checkNew: boolean,
): WriteOutcome<T> {
  const { table, instance } = target;
  const idOf = (document: object): string =>
    (document as Record<string, string>)[table.layout.primaryPath] ?? "";
  const current = new Map<string, RxDocumentData<T>>();
  const stored = new Map<string, StoredColumns>();
  for (const { document, previous } of rows) {
    if (previous === undefined && !checkNew) continue;
    const id = idOf(document);
    const columns = table.storedColumns(id);
    if (columns === undefined) continue;
    stored.set(id, columns);
    // A document of the same revision is the same document: it need not be read.
    const now = previous?._rev === columns[0] ? previous : table.document(id);
    if (now !== undefined) current.set(id, now);
  }
  const outcome = categorizeBulkWriteRows<T>(
    instance,
    table.layout.primaryPath as StringKeys<T>,
    current,
    rows,
    context,
  );
  for (const { document } of outcome.bulkInsertDocs) table.insert(idOf(document), document);
  for (const { document } of outcome.bulkUpdateDocs) {
    const id = idOf(document);
    const columns = stored.get(id);
    if (columns !== undefined) table.update(id, document, columns);
  }
  target.attachments?.apply(outcome, blobs);
  return outcome;
}

const isTakenId = (error: unknown): boolean =>
  error instanceof StorageFault && error.sqliteCode === "SQLITE_CONSTRAINT_PRIMARYKEY";

/** Cuts rows into runs in which no id occurs twice, so that a later run sees the earlier ones. */
function withoutRepeats<T>(rows: BulkWriteRow<T>[], primaryPath: string): BulkWriteRow<T>[][] {
  const runs: BulkWriteRow<T>[][] = [[]];
  let seen = new Set<unknown>();
  for (const row of rows) {
    const id = (row.document as Record<string, unknown>)[primaryPath];
    if (seen.has(id)) {
      runs.push([]);
      seen = new Set();
    }
    seen.add(id);
    runs.at(-1)?.push(row);
  }
  return runs;
}

function joined<T>(outcomes: readonly WriteOutcome<T>[]): WriteOutcome<T> {
  const [first, ...rest] = outcomes;
  if (first === undefined) throw new Error("a bulk write has at least one run");
  for (const outcome of rest) {
    first.errors.push(...outcome.errors);
    first.eventBulk.events.push(...outcome.eventBulk.events);
    if (outcome.newestRow !== undefined) first.newestRow = outcome.newestRow;
  }
  return first;
}
