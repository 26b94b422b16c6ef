import { rmSync } from "node:fs";
import { createRxDatabase, type RxCollection, type RxDatabase } from "rxdb/plugins/core";
import { type Failure, fail } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { keepOfMaster, type LocalRecord } from "./records/local-record.ts";
import { recordSchema } from "./records/schema.ts";
import { type OpenDatabaseFailure, openEncryptedDatabase } from "./storage/open-database.ts";
import { getRxStorageSqlite } from "./storage/rx-storage-sqlite.ts";

/** A value kept under a name, such as what the server last said of the viewer. */
interface Setting {
  key: string;
  value: object;
}

/** Everything one account keeps on this device. */
export interface LocalDatabase {
  records: RxCollection<LocalRecord>;
  desk: RxCollection<{ id: string; item: DeskItem }>;
  settings: RxCollection<Setting>;
  rx: RxDatabase;
  close(): Promise<void>;
}

const failures: Record<OpenDatabaseFailure, (file: string) => Failure> = {
  "wrong-key": (file) => fail("storage-key-wrong", { file }),
  damaged: (file) => fail("storage-damaged", { file }),
  unwritable: (file) => fail("storage-unwritable", { file }),
  "disk-full": (file) => fail("disk-full", { file }),
  failed: (file) => fail("storage-unwritable", { file }),
};

/** Opens the encrypted database of one account, made where there is none. */
export const openLocalDatabase = async (
  file: string,
  keyHex: string,
): Promise<Result<LocalDatabase, Failure>> => {
  const opened = openEncryptedDatabase({ file, keyHex });
  if (!opened.ok) return err(failures[opened.code](file));
  const sqlite = opened.database;
  const rx = await createRxDatabase({
    name: "riversync",
    // RxDB tells open databases apart by these two names: one process may hold several files open.
    storage: {
      ...getRxStorageSqlite({ databaseFor: () => sqlite, keepOfMaster }),
      name: `sqlite:${file}`,
    },
    multiInstance: false,
    eventReduce: false,
    allowSlowCount: true,
  });
  try {
    await addCollections(rx);
  } catch (error) {
    await rx.close();
    sqlite.close();
    // DB6: the file was made with another shape of the same collection.
    if ((error as { code?: string }).code === "DB6")
      return err(fail("storage-other-version", { file }));
    throw error;
  }
  const { records, desk, settings } = rx.collections;
  if (!records || !desk || !settings) throw new Error("a collection was not made");
  return ok({
    records,
    desk,
    settings,
    rx,
    close: async () => {
      await rx.close();
      sqlite.close();
    },
  });
};

const addCollections = (rx: RxDatabase) =>
  rx.addCollections({
    records: { schema: recordSchema },
    desk: {
      schema: {
        version: 0,
        primaryKey: "id",
        type: "object",
        properties: {
          id: { type: "string", maxLength: 36 },
          item: { type: "object", additionalProperties: true },
        },
      },
    },
    settings: {
      schema: {
        version: 0,
        primaryKey: "key",
        type: "object",
        properties: {
          key: { type: "string", maxLength: 40 },
          value: { type: "object", additionalProperties: true },
        },
      },
    },
  });

/** Erases the files of a closed database. */
export const eraseDatabase = (file: string): void => {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });
};
