import type {
  EventBulk,
  RxDocumentData,
  RxJsonSchema,
  RxStorageChangeEvent,
} from "rxdb/plugins/core";
import { Subject } from "rxjs";
import { AttachmentTable } from "./attachment-table.ts";
import { DocumentTable } from "./document-table.ts";
import { isReplicationMetadata, type KeepOfMaster, thinMetadata } from "./master-copy.ts";
import { rebuildTable } from "./rebuild-table.ts";
import { openTable, type TableKey } from "./registry.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import { guarded } from "./storage-fault.ts";
import { layoutOf } from "./table-layout.ts";
import type { Durability } from "./transaction.ts";

/**
 * A place in a collection's order of writes. `seq` counts the writes of the table that `epoch`
 * names; where the two are missing or of another table, `lwt` (ms) and `id` are what counts.
 */
export type SqliteCheckpoint = {
  readonly id: string;
  readonly lwt: number;
  readonly seq?: number;
  readonly epoch?: string;
};

export type SqliteEventBulk<T> = EventBulk<
  RxStorageChangeEvent<RxDocumentData<T>>,
  SqliteCheckpoint
>;

/** What all open instances of one collection have in common. */
export type SharedCollection<T> = {
  readonly db: SqliteDatabase;
  readonly table: DocumentTable<T>;
  readonly attachments: AttachmentTable | undefined;
  readonly durability: Durability;
  readonly changes: Subject<SqliteEventBulk<T>>;
  instances: number;
  removed: boolean;
};

// biome-ignore lint/suspicious/noExplicitAny: collections of different document types share the map.
const OPEN = new WeakMap<SqliteDatabase, Map<string, SharedCollection<any>>>();

const nameOf = (key: TableKey): string =>
  JSON.stringify([key.database, key.collection, key.version]);

/** Joins the instances of a collection on this connection, opening its table for the first. */
export function joinCollection<T>(
  db: SqliteDatabase,
  key: TableKey,
  schema: Readonly<RxJsonSchema<RxDocumentData<T>>>,
  keepOfMaster?: KeepOfMaster,
): SharedCollection<T> {
  const open = OPEN.get(db) ?? new Map();
  OPEN.set(db, open);
  let shared: SharedCollection<T> | undefined = open.get(nameOf(key));
  if (shared === undefined) {
    shared = guarded(() => {
      const layout = layoutOf(schema);
      const metadata = isReplicationMetadata(schema);
      const stored = metadata && keepOfMaster ? thinMetadata(keepOfMaster) : undefined;
      const record = openTable(db, key, layout, (table) => rebuildTable(db, table, layout));
      return {
        db,
        table: new DocumentTable<T>(db, record, layout, stored),
        attachments: schema.attachments ? new AttachmentTable(db, record.table) : undefined,
        // Replication metadata lost to a loss of power costs a repeated pull or push, never a
        // document; it is not worth a wait for the disk after every page.
        durability: metadata ? "in-order" : "on-disk",
        changes: new Subject<SqliteEventBulk<T>>(),
        instances: 0,
        removed: false,
      };
    });
    open.set(nameOf(key), shared);
  }
  shared.instances++;
  return shared;
}

/** Leaves it; the last one out, or a removal, lets go of it. */
export function leaveCollection<T>(shared: SharedCollection<T>, key: TableKey): void {
  shared.instances--;
  const open = OPEN.get(shared.db);
  if ((shared.removed || shared.instances === 0) && open?.get(nameOf(key)) === shared) {
    open.delete(nameOf(key));
  }
}
