import {
  type BulkWriteRow,
  getQueryMatcher,
  getSortComparator,
  now,
  type PreparedQuery,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorageBulkWriteResponse,
  type RxStorageCountResult,
  type RxStorageInstance,
  type RxStorageInstanceCreationParams,
  type RxStorageQueryResult,
} from "rxdb/plugins/core";
import { type Observable, ReplaySubject, takeUntil } from "rxjs";
import { readBlobs } from "./attachment-table.ts";
import { bulkWrite } from "./bulk-write.ts";
import { changedSince, checkpointOf } from "./change-feed.ts";
import { countDocuments, findDocuments } from "./query.ts";
import { dropTable, type TableKey } from "./registry.ts";
import {
  joinCollection,
  leaveCollection,
  type SharedCollection,
  type SqliteCheckpoint,
  type SqliteEventBulk,
} from "./shared-collection.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import { guarded, StorageFault } from "./storage-fault.ts";
import { inTransaction } from "./transaction.ts";

/** What an instance stands on. */
export type SqliteInternals = { readonly database: SqliteDatabase; readonly table: string };
/** An instance takes no options of its own. */
export type SqliteInstanceOptions = Record<string, never>;

/** Tombstones purged in one transaction: longer ones would hold up everything else. */
const PURGED_AT_ONCE = 5_000;
const NO_BLOBS: ReadonlyMap<Blob, Buffer> = new Map();

/**
 * One RxDB collection over one table. Every write is on the disk when its promise resolves. Every
 * method rejects with a `StorageFault` where the database fails, or once the instance is closed.
 */
export class SqliteStorageInstance<T>
  implements RxStorageInstance<T, SqliteInternals, SqliteInstanceOptions, SqliteCheckpoint>
{
  readonly databaseName: string;
  readonly collectionName: string;
  readonly schema: Readonly<RxJsonSchema<RxDocumentData<T>>>;
  readonly internals: SqliteInternals;
  readonly options: Readonly<SqliteInstanceOptions>;
  readonly #key: TableKey;
  readonly #shared: SharedCollection<T>;
  readonly #closing = new ReplaySubject<void>(1);
  #closed = false;

  constructor(
    db: SqliteDatabase,
    params: RxStorageInstanceCreationParams<T, SqliteInstanceOptions>,
  ) {
    this.databaseName = params.databaseName;
    this.collectionName = params.collectionName;
    this.schema = params.schema;
    this.options = params.options;
    this.#key = {
      database: params.databaseName,
      collection: params.collectionName,
      version: params.schema.version,
    };
    this.#shared = joinCollection(db, this.#key, params.schema);
    this.internals = { database: db, table: this.#shared.table.name };
  }

  async bulkWrite(
    rows: BulkWriteRow<T>[],
    context: string,
  ): Promise<RxStorageBulkWriteResponse<T>> {
    this.#mustBeOpen();
    const blobs = this.#shared.attachments
      ? await readBlobs(rows.map((row) => row.document))
      : NO_BLOBS;
    this.#mustBeOpen();
    const outcome = bulkWrite({ ...this.#shared, instance: this }, rows, context, blobs);
    if (outcome.newestRow !== undefined && outcome.eventBulk.events.length > 0) {
      const events: SqliteEventBulk<T> = {
        ...outcome.eventBulk,
        checkpoint: checkpointOf(this.#shared.table, outcome.newestRow.document),
      };
      this.#shared.changes.next(events);
    }
    return { error: outcome.errors };
  }

  async findDocumentsById(ids: string[], withDeleted: boolean): Promise<RxDocumentData<T>[]> {
    this.#mustBeOpen();
    const found = guarded(() => this.#shared.table.documents(ids));
    return withDeleted ? found : found.filter((document) => !document._deleted);
  }

  async query(prepared: PreparedQuery<T>): Promise<RxStorageQueryResult<T>> {
    this.#mustBeOpen();
    return guarded(() => ({
      documents: findDocuments(this.#shared.table, prepared.query, {
        matches: () => getQueryMatcher(this.schema, prepared.query),
        compare: () => getSortComparator(this.schema, prepared.query),
      }),
    }));
  }

  async count(prepared: PreparedQuery<T>): Promise<RxStorageCountResult> {
    this.#mustBeOpen();
    return guarded(() => ({
      count: countDocuments(this.#shared.table, prepared.query, () =>
        getQueryMatcher(this.schema, prepared.query),
      ),
      mode: "fast",
    }));
  }

  async getAttachmentData(documentId: string, attachmentId: string, digest: string): Promise<Blob> {
    this.#mustBeOpen();
    const blob = guarded(() => this.#shared.attachments?.get(documentId, attachmentId, digest));
    if (blob === undefined) {
      throw new Error(`attachment does not exist: ${documentId}||${attachmentId}`);
    }
    return blob;
  }

  async getChangedDocumentsSince(
    limit: number,
    checkpoint?: SqliteCheckpoint,
  ): Promise<{ documents: RxDocumentData<T>[]; checkpoint: SqliteCheckpoint }> {
    this.#mustBeOpen();
    return guarded(() => changedSince(this.#shared.table, limit, checkpoint));
  }

  /** What any instance of the collection writes, until this one is closed or removed. */
  changeStream(): Observable<SqliteEventBulk<T>> {
    this.#mustNotBeRemoved();
    return this.#shared.changes.pipe(takeUntil(this.#closing));
  }

  async cleanup(minimumDeletedTime: number): Promise<boolean> {
    this.#mustBeOpen();
    const { db, table, attachments } = this.#shared;
    const purged = inTransaction(db, table, () => {
      const count = table.purge(now() - minimumDeletedTime, PURGED_AT_ONCE);
      if (count > 0) attachments?.purge(table.name);
      return count;
    });
    return purged < PURGED_AT_ONCE;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#closing.next();
    leaveCollection(this.#shared, this.#key);
  }

  async remove(): Promise<void> {
    this.#mustBeOpen();
    const { db, table } = this.#shared;
    inTransaction(db, table, () => dropTable(db, table.name));
    this.#shared.removed = true;
    this.#shared.changes.complete();
    await this.close();
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new StorageFault("closed", `${this.collectionName} is closed`);
    this.#mustNotBeRemoved();
  }

  #mustNotBeRemoved(): void {
    if (this.#shared.removed) throw new StorageFault("closed", `${this.collectionName} is removed`);
  }
}
