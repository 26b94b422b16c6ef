import type { RxDocumentData } from "rxdb/plugins/core";
import type { DocumentTable } from "./document-table.ts";
import { sortableText } from "./index-value.ts";
import type { SqliteCheckpoint } from "./shared-collection.ts";

/**
 * The place right after everything written so far, `document` being what was written last.
 *
 * Writes are counted rather than timed: a document written after the clock was set back is still
 * after every checkpoint taken before it. No id: a checkpoint outlives the document it was taken at,
 * which may have been purged since (S9).
 */
export function checkpointOf<T>(
  table: DocumentTable<T>,
  document: RxDocumentData<T>,
): SqliteCheckpoint {
  return { id: "", lwt: document._meta.lwt, seq: table.seq, epoch: table.epoch };
}

/** Up to `limit` documents written after `checkpoint`, oldest write first, and the place after them. */
export function changedSince<T>(
  table: DocumentTable<T>,
  limit: number,
  checkpoint: SqliteCheckpoint | undefined,
): { documents: RxDocumentData<T>[]; checkpoint: SqliteCheckpoint } {
  const counted = checkpoint === undefined || checkpoint.epoch === table.epoch;
  return counted ? sinceSeq(table, limit, checkpoint) : sinceTime(table, limit, checkpoint);
}

function sinceSeq<T>(
  table: DocumentTable<T>,
  limit: number,
  checkpoint: SqliteCheckpoint | undefined,
): { documents: RxDocumentData<T>[]; checkpoint: SqliteCheckpoint } {
  const rows = table
    .statement(`SELECT seq, data FROM "${table.name}" WHERE seq > ? ORDER BY seq LIMIT ?`)
    .raw()
    .all(checkpoint?.seq ?? 0, limit) as [number, string][];
  const documents = rows.map(([, data]) => JSON.parse(data) as RxDocumentData<T>);
  const last = documents.at(-1);
  if (last === undefined) return { documents, checkpoint: checkpoint ?? { id: "", lwt: 0 } };
  return { documents, checkpoint: { ...checkpointOf(table, last), seq: rows.at(-1)?.[0] ?? 0 } };
}

/** For a checkpoint of another table, as a schema migration carries one over with its documents. */
function sinceTime<T>(
  table: DocumentTable<T>,
  limit: number,
  checkpoint: SqliteCheckpoint,
): { documents: RxDocumentData<T>[]; checkpoint: SqliteCheckpoint } {
  const documents = [
    ...table.read(
      `SELECT data FROM "${table.name}" WHERE lwt > ? OR (lwt = ? AND id > ?)
       ORDER BY lwt, id LIMIT ?`,
      [checkpoint.lwt, checkpoint.lwt, sortableText(checkpoint.id), limit],
    ),
  ];
  const last = documents.at(-1);
  if (last === undefined) return { documents, checkpoint };
  const id = String((last as Record<string, unknown>)[table.layout.primaryPath]);
  return { documents, checkpoint: { id, lwt: last._meta.lwt } };
}
