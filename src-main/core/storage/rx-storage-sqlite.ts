import {
  ensureRxStorageInstanceParamsAreCorrect,
  RXDB_VERSION,
  type RxStorage,
  type RxStorageInstanceCreationParams,
} from "rxdb/plugins/core";
import { DerivedMetadataInstance, isDerivable, type SelfDescribing } from "./derived-metadata.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import {
  type SqliteInstanceOptions,
  type SqliteInternals,
  SqliteStorageInstance,
} from "./storage-instance.ts";

/** Where the storage finds its files. */
export type RxStorageSqliteOptions = {
  /**
   * The open connection for an RxDB database name, always the same one for the same file. The
   * storage never closes it: whoever opened it does, after the RxDB database was closed.
   */
  readonly databaseFor: (databaseName: string) => SqliteDatabase;
  /** Records of which no replication metadata is stored; RxDB's documents are, unless told. */
  readonly selfDescribing?: SelfDescribing;
};

/** RxDB's storage over SQLite. One process, one connection to each file. */
export type RxStorageSqlite = RxStorage<SqliteInternals, SqliteInstanceOptions>;

/**
 * An RxDB storage over connections that are already open, encrypted or not. Collections, their
 * replication metadata and RxDB's internal store of one database lie in one file.
 */
export function getRxStorageSqlite(options: RxStorageSqliteOptions): RxStorageSqlite {
  return {
    name: "sqlite-riversync",
    rxdbVersion: RXDB_VERSION,
    async createStorageInstance<T>(
      params: RxStorageInstanceCreationParams<T, SqliteInstanceOptions>,
    ) {
      ensureRxStorageInstanceParamsAreCorrect(params);
      const database = options.databaseFor(params.databaseName);
      const { selfDescribing } = options;
      return selfDescribing !== undefined && isDerivable(database, params, selfDescribing)
        ? new DerivedMetadataInstance<T>(database, params, selfDescribing)
        : new SqliteStorageInstance<T>(database, params);
    },
  };
}
