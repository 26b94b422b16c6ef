import {
  type EventBulk,
  META_INSTANCE_SCHEMA_TITLE,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorageChangeEvent,
} from "rxdb/plugins/core";
import { Subject } from "rxjs";
import { AttachmentTable } from "./attachment-table.ts";
import { DocumentTable } from "./document-table.ts";
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
  /** A document of this shape in which nothing stands. */
  readonly blank: Readonly<Record<string, unknown>>;
  instances: number;
  removed: boolean;
};

// biome-ignore lint/suspicious/noExplicitAny: collections of different document types share the map.
const OPEN = new WeakMap<SqliteDatabase, Map<string, SharedCollection<any>>>();

const nameOf = (key: TableKey): string =>
  JSON.stringify([key.database, key.collection, key.version]);

/** Whether a collection holds RxDB's own metadata of a replication. */
export const isReplicationMetadata = (schema: { title?: string }): boolean =>
  schema.title === META_INSTANCE_SCHEMA_TITLE;

/** What the open instances of a collection have in common, or undefined where none is open. */
export const openCollection = (
  db: SqliteDatabase,
  key: TableKey,
): SharedCollection<object> | undefined => OPEN.get(db)?.get(nameOf(key));

/** Joins the instances of a collection on this connection, opening its table for the first. */
export function joinCollection<T>(
  db: SqliteDatabase,
  key: TableKey,
  schema: Readonly<RxJsonSchema<RxDocumentData<T>>>,
): SharedCollection<T> {
  const open = OPEN.get(db) ?? new Map();
  OPEN.set(db, open);
  let shared: SharedCollection<T> | undefined = open.get(nameOf(key));
  if (shared === undefined) {
    shared = guarded(() => {
      const layout = layoutOf(schema);
      const record = openTable(db, key, layout, (table) => rebuildTable(db, table, layout));
      return {
        db,
        table: new DocumentTable<T>(db, record, layout),
        attachments: schema.attachments ? new AttachmentTable(db, record.table) : undefined,
        // Replication metadata lost to a loss of power costs a repeated pull or push, never a
        // document; it is not worth a wait for the disk after every page.
        durability: isReplicationMetadata(schema) ? "in-order" : "on-disk",
        changes: new Subject<SqliteEventBulk<T>>(),
        blank: blankOf(schema),
        instances: 0,
        removed: false,
      };
    });
    open.set(nameOf(key), shared);
  }
  shared.instances++;
  return shared;
}

const NOTHING: Readonly<Record<string, () => unknown>> = {
  string: () => "",
  number: () => 0,
  integer: () => 0,
  boolean: () => false,
  array: () => [],
  object: () => ({}),
};

const blankOf = (schema: { properties: object; required?: readonly unknown[] }) =>
  Object.fromEntries(
    Object.entries(schema.properties as Record<string, { type?: unknown }>)
      .filter(([name]) => schema.required?.includes(name))
      .map(([name, { type }]) => [name, NOTHING[String(type)]?.() ?? null]),
  );

/** Leaves it; the last one out, or a removal, lets go of it. */
export function leaveCollection<T>(shared: SharedCollection<T>, key: TableKey): void {
  shared.instances--;
  const open = OPEN.get(shared.db);
  if ((shared.removed || shared.instances === 0) && open?.get(nameOf(key)) === shared) {
    open.delete(nameOf(key));
  }
}
