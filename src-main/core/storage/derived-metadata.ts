import type {
  BulkWriteRow,
  RxDocumentData,
  RxStorageBulkWriteResponse,
  RxStorageInstanceCreationParams,
} from "rxdb/plugins/core";
import {
  isReplicationMetadata,
  openCollection,
  type SharedCollection,
} from "./shared-collection.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import { guarded } from "./storage-fault.ts";
import { type SqliteInstanceOptions, SqliteStorageInstance } from "./storage-instance.ts";

/**
 * A collection whose records say by themselves what the server last told of them, so that RxDB
 * need not keep a second document of each.
 */
export type SelfDescribing = {
  readonly collection: string;
  /**
   * What the server is assumed to have of a record, as the conflict handler compares it; null where
   * the server never told anything. It is asked of what lies in the table, deleted records too.
   */
  readonly masterOf: (record: object) => object | null;
};

type Params<T> = RxStorageInstanceCreationParams<T, SqliteInstanceOptions>;

/** RxDB names the metadata of a collection's replications so; a migration's own it names otherwise. */
const OF_A_REPLICATION = "rx-replication-meta-";
const OF_A_RECORD = "|0";

/** Whether the instance asked for would hold metadata that can be derived instead. */
export const isDerivable = <T>(db: SqliteDatabase, params: Params<T>, of: SelfDescribing) =>
  isReplicationMetadata(params.schema) &&
  params.collectionName.startsWith(OF_A_REPLICATION) &&
  recordsOf(db, params, of) !== undefined;

const recordsOf = <T>(db: SqliteDatabase, params: Params<T>, of: SelfDescribing) =>
  openCollection(db, {
    database: params.databaseName,
    collection: of.collection,
    version: params.schema.version,
  });

/**
 * The metadata of a replication of self-describing records. Of what RxDB writes only its checkpoints
 * are stored; what it wants to know of a record is derived from the record itself. So a first sync
 * writes one row for each record, metadata and record cannot disagree after a crash, and where a
 * record is purged nothing else remembers it (S9).
 */
export class DerivedMetadataInstance<T> extends SqliteStorageInstance<T> {
  readonly #records: SharedCollection<object>;
  readonly #masterOf: SelfDescribing["masterOf"];

  constructor(db: SqliteDatabase, params: Params<T>, of: SelfDescribing) {
    super(db, params);
    const records = recordsOf(db, params, of);
    if (records === undefined) throw new Error(`${of.collection} is not open`);
    this.#records = records;
    this.#masterOf = of.masterOf;
    const { table } = this.internals;
    // A file of an earlier version has metadata of each record: nobody would read it or purge it.
    guarded(() => db.prepare(`DELETE FROM "${table}" WHERE id LIKE '%${OF_A_RECORD}'`).run());
  }

  override async bulkWrite(
    rows: BulkWriteRow<T>[],
    context: string,
  ): Promise<RxStorageBulkWriteResponse<T>> {
    const stored = rows.filter(({ document }) => !idOf(document).endsWith(OF_A_RECORD));
    return stored.length === 0 ? { error: [] } : super.bulkWrite(stored, context);
  }

  override async findDocumentsById(
    ids: string[],
    withDeleted: boolean,
  ): Promise<RxDocumentData<T>[]> {
    const stored = ids.filter((id) => !id.endsWith(OF_A_RECORD));
    if (stored.length === ids.length) return super.findDocumentsById(ids, withDeleted);
    const items = ids
      .filter((id) => id.endsWith(OF_A_RECORD))
      .map((id) => id.slice(0, -OF_A_RECORD.length));
    const derived = guarded(() => this.#records.table.documents(items)).flatMap((record) => {
      const master = this.#masterOf(record);
      return master === null ? [] : [metadataOf<T>(record, master)];
    });
    return [...(await super.findDocumentsById(stored, withDeleted)), ...derived];
  }
}

const idOf = (document: object): string => (document as { id: string }).id;

/** The document RxDB would have kept of the record. */
function metadataOf<T>(record: RxDocumentData<object>, docData: object): RxDocumentData<T> {
  const itemId = idOf(record);
  const document: unknown = {
    id: `${itemId}${OF_A_RECORD}`,
    itemId,
    isCheckpoint: "0",
    docData,
    _deleted: false,
    _attachments: {},
    _rev: record._rev,
    _meta: { lwt: record._meta.lwt },
  };
  return document as RxDocumentData<T>;
}
