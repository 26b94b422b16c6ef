import { join } from "node:path";
import { recordSchema } from "#core/records/schema.ts";
import { openEncryptedDatabase } from "#core/storage/open-database.ts";
import type { SqliteDatabase } from "#core/storage/sqlite-driver.ts";

/** The indexed fields of a device's records, the id apart. */
const fields = [...new Set((recordSchema.indexes ?? []).flat())].filter((name) => name !== "id");

/** A table with the indexes of a device's records, in an encrypted file with the same pragmas. */
export const openBare = (folder: string, keyHex: string): SqliteDatabase => {
  const opened = openEncryptedDatabase({ file: join(folder, "bare.db"), keyHex });
  if (!opened.ok) throw new Error(opened.code);
  const db = opened.database;
  db.exec(
    `CREATE TABLE IF NOT EXISTS record (id PRIMARY KEY NOT NULL, ${fields.join(", ")}, data NOT NULL)`,
  );
  for (const [n, index] of (recordSchema.indexes ?? []).entries()) {
    db.exec(`CREATE INDEX IF NOT EXISTS record_${n} ON record (${[index].flat().join(", ")})`);
  }
  return db;
};

/** Adds or replaces a record with the values of its indexed fields, in the order of the schema. */
export const prepareInsert = (db: SqliteDatabase) => {
  const marks = fields.map(() => "?").join(", ");
  return db.prepare<unknown[]>(`INSERT OR REPLACE INTO record VALUES (?, ${marks}, ?)`);
};

/** The values of the indexed fields, taken from a record as they lie there: no rule is run. */
export const indexedValues = (record: {
  kind: string;
  data: Record<string, unknown> | null;
}): unknown[] => {
  const d = record.data ?? {};
  const at = Date.parse(String(d.openedAt ?? d.raisedAt ?? d.windowStart ?? 0));
  const open = ["new", "assigned", "active", "scheduled"].includes(String(d.status));
  const values: Record<string, unknown> = {
    queue: open ? "1" : "0",
    kind: record.kind,
    due: at,
    at,
    deviceId: d.deviceId ?? "",
    dirty: "0",
  };
  return fields.map((name) => values[name] ?? "");
};
