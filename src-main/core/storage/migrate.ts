import { saveVersion, type TableKey, tableNameOf } from "./registry.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import { guarded } from "./storage-fault.ts";

/** Makes a document of the version after it, meta fields apart. */
export type MigrateDocument = (document: Record<string, unknown>) => Record<string, unknown>;

const AT_ONCE = 500;

/** A document could not be migrated; `cause` says why. Nothing was changed. */
export class MigrationFailed extends Error {
  override readonly name = "MigrationFailed";
}

/**
 * Makes the table of a collection one of a later version, before RxDB opens it: every document goes
 * through `steps` in turn, deleted ones too, and keeps its revision and its place in the order of
 * writes, so that replication goes on where it was. All in one transaction: whatever cuts it short,
 * the file is of the one version or the other. (RxDB's own migration copies in batches, and passes
 * over a batch for good that failed before a later one succeeded.) Throws `MigrationFailed` or a
 * `StorageFault`.
 */
export function migrateTable(
  db: SqliteDatabase,
  key: TableKey,
  steps: readonly MigrateDocument[],
): void {
  const table = tableNameOf(db, key);
  const page = db.prepare<[number], { row: number; data: string }>(
    `SELECT rowid AS row, data FROM "${table}" WHERE rowid > ? ORDER BY rowid LIMIT ${AT_ONCE}`,
  );
  const write = db.prepare<[string, number]>(`UPDATE "${table}" SET data = ? WHERE rowid = ?`);
  const work = db.transaction(() => {
    for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1)?.row ?? 0)) {
      for (const { row, data } of rows) write.run(migrated(data, steps), row);
    }
    saveVersion(db, key, key.version + steps.length);
  });
  guarded(() => work.immediate());
}

function migrated(data: string, steps: readonly MigrateDocument[]): string {
  const { _rev, _meta, _deleted, _attachments, ...document } = JSON.parse(data);
  try {
    const result = steps.reduce((before, step) => step(before), document);
    return JSON.stringify({ ...result, _rev, _meta, _deleted, _attachments });
  } catch (cause) {
    throw new MigrationFailed("a document could not be migrated", { cause });
  }
}
