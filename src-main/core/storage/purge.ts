import { now, type RxDocumentData } from "rxdb/plugins/core";
import { emptyWriteAheadLog } from "./damage-check.ts";
import { sortableText } from "./index-value.ts";
import { saveSeqFloor, type TableKey } from "./registry.ts";
import {
  openCollection,
  type SharedCollection,
  type SqliteEventBulk,
} from "./shared-collection.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import { guarded, StorageFault } from "./storage-fault.ts";
import { inTransaction } from "./transaction.ts";
import { markUnwiped } from "./wipe.ts";

type Gone = { readonly id: string; readonly rev: string };

/**
 * Erases documents of an open collection, deleted or not: rows, index entries and attachments are
 * overwritten and the write-ahead log is emptied (S9). What page splits may have left of them goes
 * with the next wipe (`wipe.ts`). Their sequence numbers stay spent. The collection's listeners hear of
 * each as deleted and empty. Ids that are not there are passed over. Returns how many were there.
 * Throws a `StorageFault`.
 */
export function purgeDocuments(db: SqliteDatabase, key: TableKey, ids: readonly string[]): number {
  const shared = mustBeOpen(db, key);
  // One transaction: pages are shared by many, and each would write the same ones again.
  const gone = purgeAtOnce(shared, ids);
  if (gone.length > 0) {
    shared.changes.next(toldOf(shared, gone));
    emptyWriteAheadLog(db);
  }
  return gone.length;
}

/** Erases what is left of documents that were deleted, as thoroughly. Returns how many there were. */
export function purgeDeletedDocuments(db: SqliteDatabase, key: TableKey): number {
  const { table } = mustBeOpen(db, key);
  const ids = guarded(
    () =>
      table
        .statement(`SELECT data FROM "${table.name}" WHERE deleted = 1`)
        .pluck()
        .all() as string[],
  ).map((data) => String((JSON.parse(data) as Record<string, unknown>)[table.layout.primaryPath]));
  return purgeDocuments(db, key, ids);
}

function mustBeOpen(db: SqliteDatabase, key: TableKey): SharedCollection<object> {
  const shared = openCollection(db, key);
  if (shared === undefined) throw new StorageFault("closed", `${key.collection} is not open`);
  return shared;
}

function purgeAtOnce({ db, table, attachments }: SharedCollection<object>, ids: readonly string[]) {
  const given = new Map(ids.map((id) => [sortableText(id), id]));
  return inTransaction(db, table, (): Gone[] => {
    saveSeqFloor(db, table.name, table.seq);
    const rows = table
      .statement(
        `DELETE FROM "${table.name}" WHERE id IN (SELECT value FROM json_each(?)) RETURNING id, rev`,
      )
      .all(JSON.stringify([...given.keys()])) as Gone[];
    if (rows.length > 0) {
      attachments?.purge(table.name);
      markUnwiped(db);
    }
    return rows.map(({ id, rev }) => ({ id: given.get(id) ?? id, rev }));
  });
}

/** What open collections hear: each document is deleted, and holds nothing. */
function toldOf(shared: SharedCollection<object>, gone: readonly Gone[]): SqliteEventBulk<object> {
  const { table, blank } = shared;
  const lwt = now();
  const events = gone.map(({ id, rev }) => {
    const documentData = {
      ...structuredClone(blank),
      [table.layout.primaryPath]: id,
      _deleted: true,
      _attachments: {},
      _rev: `${Number.parseInt(rev, 10) + 1}-purged`,
      _meta: { lwt },
    } as RxDocumentData<object>;
    return {
      operation: "DELETE" as const,
      documentId: id,
      documentData,
      previousDocumentData: documentData,
    };
  });
  const checkpoint = { id: "", lwt, seq: table.seq, epoch: table.epoch };
  return { id: `purge-${table.epoch}-${lwt}`, events, checkpoint, context: "purge" };
}
