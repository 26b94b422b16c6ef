import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type FilledMangoQuery,
  fillWithDefaultSettings,
  type MangoQuery,
  normalizeMangoQuery,
  type PreparedQuery,
  prepareQuery,
  type RxDocumentData,
  type RxJsonSchema,
} from "rxdb/plugins/core";
import { onTestFinished } from "vitest";
import { openEncryptedDatabase } from "./open-database.ts";
import { getRxStorageSqlite } from "./rx-storage-sqlite.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import type { SqliteStorageInstance } from "./storage-instance.ts";

/** The key every test database has. */
export const TEST_KEY = "0f".repeat(32);

/** A folder that is gone when the test is over. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "riversync-storage-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An encrypted database in a folder of its own, or in `file`; closed when the test is over. */
export function testDatabase(file = join(testFolder(), "core.db")): SqliteDatabase {
  const opened = openEncryptedDatabase({ file, keyHex: TEST_KEY });
  if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
  onTestFinished(() => {
    opened.database.close();
  });
  return opened.database;
}

/** A document of the test collections: the consumer's fields that matter for indexes. */
export type Item = {
  id: string;
  kind: string;
  due: number;
  queue?: string;
  open?: boolean;
  note?: string;
  place?: { region?: string };
  data?: unknown;
};

const text = (maxLength: number) => ({ type: "string", maxLength }) as const;

/** The schema of `Item`, with compound indexes over text, number, boolean and a nested field. */
export const ITEM_SCHEMA: RxJsonSchema<Item> = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: text(64),
    kind: text(16),
    due: { type: "number", minimum: 0, maximum: 1e15, multipleOf: 1 },
    queue: text(4),
    open: { type: "boolean" },
    note: { type: "string" },
    place: { type: "object", properties: { region: text(16) } },
    data: { type: "object" },
  },
  required: ["id", "kind", "due"],
  indexes: [["kind", "due"], ["queue", "due", "id"], ["open", "kind"], "place.region"],
};

/** The schema as RxDB hands it to a storage. */
export const FILLED_SCHEMA = fillWithDefaultSettings(ITEM_SCHEMA);

/** An instance of a collection of items. */
export function itemInstance(
  database: SqliteDatabase,
  options: { collection?: string; schema?: RxJsonSchema<RxDocumentData<Item>> } = {},
): Promise<SqliteStorageInstance<Item>> {
  const storage = getRxStorageSqlite({ databaseFor: () => database });
  return storage.createStorageInstance<Item>({
    databaseInstanceToken: "test",
    databaseName: "test",
    collectionName: options.collection ?? "items",
    schema: options.schema ?? FILLED_SCHEMA,
    options: {},
    multiInstance: false,
    devMode: false,
  }) as Promise<SqliteStorageInstance<Item>>;
}

let writes = 0;

/** An item as RxDB writes it: with a revision of its own and the meta fields. */
export function itemDocument(item: Item, meta: { deleted?: boolean; lwt?: number } = {}) {
  writes++;
  return {
    ...item,
    _deleted: meta.deleted ?? false,
    _attachments: {},
    _rev: `${writes}-test`,
    _meta: { lwt: meta.lwt ?? 1_700_000_000_000 + writes },
  } satisfies RxDocumentData<Item>;
}

/** A query as RxDB prepares it for a storage. */
export function prepared(query: MangoQuery<Item>): PreparedQuery<Item> {
  const filled = normalizeMangoQuery<RxDocumentData<Item>>(
    FILLED_SCHEMA,
    query as MangoQuery<RxDocumentData<Item>>,
  );
  return prepareQuery<Item>(FILLED_SCHEMA, filled as FilledMangoQuery<Item>);
}
