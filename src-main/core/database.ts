import { existsSync, rmSync } from "node:fs";
import {
  createRxDatabase,
  type RxCollection,
  type RxDatabase,
  type RxJsonSchema,
} from "rxdb/plugins/core";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { type DeskRow, deskSchema } from "./desk/desk-row.ts";
import { type LocalRecord, masterOf } from "./records/local-record.ts";
import { type RecordShape, recordShape, stepsFrom } from "./records/migrations.ts";
import { isWorthSaving, sortSalvaged } from "./records/salvaged.ts";
import type { Setting } from "./settings.ts";
import { backUp, removeBackups } from "./storage/backup.ts";
import { emptyWriteAheadLog } from "./storage/damage-check.ts";
import { MigrationFailed, migrateTable } from "./storage/migrate.ts";
import { type OpenDatabaseFailure, openEncryptedDatabase } from "./storage/open-database.ts";
import {
  checkPages,
  isCheckDue,
  isKnownDamaged,
  markSound,
  marksOf,
  type PageReport,
} from "./storage/page-check.ts";
import { purgeDeletedDocuments, purgeDocuments } from "./storage/purge.ts";
import { versionsIn } from "./storage/registry.ts";
import { getRxStorageSqlite } from "./storage/rx-storage-sqlite.ts";
import { salvage } from "./storage/salvage.ts";
import { finishSettingAside, newFile, removeSetAside, setAside } from "./storage/set-aside.ts";
import { guarded } from "./storage/storage-fault.ts";
import { sizeOf, wipeErased } from "./storage/wipe.ts";
import { storageFailure } from "./storage-failure.ts";
import { journalSchema, type SentRow } from "./sync/journal.ts";

/** Everything one account keeps on this device. */
export interface LocalDatabase {
  records: RxCollection<LocalRecord>;
  desk: RxCollection<DeskRow>;
  settings: RxCollection<Setting>;
  /** What the server applied lately. */
  sent: RxCollection<SentRow>;
  rx: RxDatabase;
  /**
   * Erases records, so that they can be read no more (S9), and says how many there were. Replication
   * must be at rest. Rejects with a `StorageFault`.
   */
  purge(ids: readonly string[]): Promise<number>;
  /** Erases what is left of records that were deleted, and says how many there were. */
  purgeDeleted(): Promise<number>;
  /** Empties the write-ahead log: what was written over is in no file any more. */
  tidy(): Promise<void>;
  /** Wipes the last traces of what was erased, too: seconds, for a large file. */
  wipe(): Promise<void>;
  /** The size of the file, bytes. */
  size(): number;
  /** Where the file was damaged: what was rescued of it. */
  rescued: Rescued | null;
  /**
   * Every page looked at in the background, where that was due; null where it was not, or was cut
   * short. Where a page is found damaged, the next opening rescues.
   */
  checked: Promise<PageReport | null>;
  close(): Promise<void>;
}

const failures: Record<OpenDatabaseFailure, (file: string) => Failure> = {
  "wrong-key": (file) => fail("storage-key-wrong", { file }),
  damaged: (file) => fail("storage-damaged", { file }),
  unwritable: (file) => fail("storage-unwritable", { file }),
  "disk-full": (file) => fail("disk-full", { file }),
  failed: (file) => fail("storage-unwritable", { file }),
};

/** Why the database in `file` could not be opened, as a person is told. */
export const databaseFailure = (code: OpenDatabaseFailure, file: string): Failure =>
  failures[code](file);

/** What became of a damaged file: set aside as `file`, with what waited put into a new one. */
interface Rescued {
  file: string;
  /** How many intents were found waiting. */
  intents: number;
  /** Whether some of the file could not be read, so that more may have been waiting. */
  lost: boolean;
}

type Opened = Result<LocalDatabase, Failure>;

/**
 * Opens the encrypted database of one account, made where there is none. One of an earlier version
 * is copied, then migrated (S12); a damaged one is set aside, and what waited for the server is put
 * into a new one. `shape` is for tests.
 */
export const openLocalDatabase = async (
  file: string,
  keyHex: string,
  shape: RecordShape = recordShape,
): Promise<Opened> => {
  finishSettingAside(file);
  if (isKnownDamaged(file)) return rescue(file, keyHex, shape);
  try {
    const opened = await openSound(file, keyHex, shape);
    const damaged = !opened.ok && opened.error.code === "storage-damaged";
    return damaged ? await rescue(file, keyHex, shape) : opened;
  } catch (error) {
    if (storageFailure(error)?.code !== "storage-damaged") throw error;
    return rescue(file, keyHex, shape);
  }
};

const openSound = async (
  file: string,
  keyHex: string,
  shape: RecordShape,
  rescued: Rescued | null = null,
): Promise<Opened> => {
  const isNew = !existsSync(file);
  const checkDue = !isNew && isCheckDue(file);
  const opened = openEncryptedDatabase({ file, keyHex });
  if (!opened.ok) return err(databaseFailure(opened.code, file));
  const sqlite = opened.database;
  let rx: RxDatabase | null = null;
  try {
    const { version } = shape.schema;
    const versions = guarded(() => versionsIn(sqlite, NAME));
    const isNewer = Object.entries(collectionsOf(shape)).some(([name, { schema }]) =>
      versions.get(name)?.some((v) => v > schema.version),
    );
    if (isNewer) {
      sqlite.close();
      return err(fail("storage-other-version", { file }));
    }
    const [before = version] = versions.get("records") ?? [];
    const steps = stepsFrom(shape, before);
    if (steps.length > 0) {
      backUp(sqlite, file, version);
      migrateTable(sqlite, { database: NAME, collection: "records", version: before }, steps);
    } else removeBackups(file);
    rx = await createRxDatabase({
      name: NAME,
      // RxDB tells open databases apart by these two names: one process may hold several files open.
      storage: {
        ...getRxStorageSqlite({
          databaseFor: () => sqlite,
          selfDescribing: { collection: "records", masterOf },
        }),
        name: `sqlite:${file}`,
      },
      multiInstance: false,
      eventReduce: false,
      allowSlowCount: true,
    });
    await rx.addCollections(collectionsOf(shape));
    const { records, desk, settings, sent } = rx.collections;
    if (!records || !desk || !settings || !sent) throw new Error("a collection was not made");
    if (isNew) markSound(file);
    let closed = false;
    const checked = checkDue
      ? // A page that the disk itself refuses is met again by whoever needs it, who says so.
        checkPages(file, keyHex, () => closed).catch(() => null)
      : Promise.resolve<PageReport | null>(null);
    const open = rx;
    const key = { database: NAME, collection: "records", version };
    return ok({
      records,
      desk,
      settings,
      sent,
      rx,
      rescued,
      checked,
      purge: async (ids) => {
        removeCopies(file);
        return purgeDocuments(sqlite, key, ids);
      },
      purgeDeleted: async () => purgeDeletedDocuments(sqlite, key),
      tidy: async () => emptyWriteAheadLog(sqlite),
      wipe: async () => wipeErased(sqlite),
      size: () => sizeOf(sqlite),
      close: async () => {
        closed = true;
        await checked;
        await open.close();
        if (sqlite.open) wipeErased(sqlite);
        sqlite.close();
      },
    });
  } catch (error) {
    await rx?.close().catch(() => {});
    sqlite.close();
    // DB6: the file was made with another shape of the same version.
    if ((error as { code?: string }).code === "DB6" || error instanceof MigrationFailed) {
      return err(fail("storage-other-version", { file }));
    }
    const failure = storageFailure(error);
    if (failure === null) throw error;
    return err(fail(failure.code, { file }));
  }
};

/**
 * The new file is whole before the damaged one leaves its place: whenever this is cut short, either
 * the damaged file is found again, or the new one is.
 */
const rescue = async (file: string, keyHex: string, shape: RecordShape): Promise<Opened> => {
  const { documents, unreadable } = salvage(file, keyHex, isWorthSaving);
  const { records, desk, settings } = sortSalvaged(documents);
  const fresh = newFile(file);
  eraseDatabase(fresh);
  const made = await openSound(fresh, keyHex, shape);
  if (!made.ok) return made;
  await made.value.settings.bulkInsert(settings);
  await made.value.desk.bulkInsert(desk);
  await made.value.records.bulkInsert(records);
  await made.value.close();
  const intents = records.reduce((total, { pending }) => total + pending.length, 0);
  const aside = setAside(file);
  return openSound(file, keyHex, shape, { file: aside, intents, lost: unreadable > 0 });
};

const NAME = "riversync";

const collectionsOf = ({ schema }: RecordShape) => ({
  // The table has been migrated already when RxDB opens it.
  records: { schema, autoMigrate: false },
  desk: { schema: deskSchema },
  sent: { schema: journalSchema },
  settings: { schema: settingsSchema },
});

const settingsSchema: RxJsonSchema<Setting> = {
  version: 0,
  primaryKey: "key",
  type: "object",
  properties: {
    key: { type: "string", maxLength: 40 },
    value: { type: "object", additionalProperties: true },
  },
};

/** Erases the files of a closed database, and every copy that was made of it. */
export const eraseDatabase = (file: string): void => {
  removeCopies(file);
  for (const each of [file, newFile(file)]) {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(`${each}${suffix}`, { force: true });
    for (const mark of marksOf(each)) rmSync(mark, { force: true });
  }
};

/** No copy may keep what is erased from the file itself (S9). */
const removeCopies = (file: string): void => {
  removeBackups(file);
  removeSetAside(file);
};
