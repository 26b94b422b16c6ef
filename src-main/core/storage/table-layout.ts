import type { RxJsonSchema } from "rxdb/plugins/core";
import { getPrimaryFieldOfPrimaryKey } from "rxdb/plugins/core";

/** One indexed field of the schema and the column that holds it. */
type IndexColumn = {
  readonly path: string;
  readonly keys: readonly string[];
  readonly name: string;
};

/** One SQL index: its columns, and whether it holds live documents only. */
type TableIndex = { readonly columns: readonly string[]; readonly liveOnly: boolean };

/** Where each part of a document of one schema lies in its table. */
export type TableLayout = {
  readonly primaryPath: string;
  readonly columns: readonly IndexColumn[];
  readonly indexes: readonly TableIndex[];
  /** Column of each path that has one, meta fields included. */
  readonly columnOf: ReadonlyMap<string, string>;
};

/**
 * Lays out the table of a schema as RxDB completed it (`fillWithDefaultSettings`).
 *
 * An index of the form `[_deleted, …]` becomes a partial index over live documents: RxDB adds
 * `_deleted: false` to every query of a collection, tombstones leave the index at once, and the
 * planner is not misled by a leading column with one value. Two are left out: `[_deleted, id]`, which
 * the primary key serves, and `[_meta.lwt, id]`, which RxDB adds for its change feed and for which
 * there is `seq`.
 */
export function layoutOf(schema: Readonly<RxJsonSchema<never>>): TableLayout {
  const primaryPath: string = getPrimaryFieldOfPrimaryKey(schema.primaryKey);
  const columnOf = new Map<string, string>([
    [primaryPath, "id"],
    ["_rev", "rev"],
    ["_deleted", "deleted"],
    ["_meta.lwt", "lwt"],
  ]);
  const columns: IndexColumn[] = [];
  const indexes: TableIndex[] = [];
  const seen = new Set([`live:id`, `all:lwt,id`, "all:id"]);
  for (const given of schema.indexes ?? []) {
    const paths: readonly string[] = typeof given === "string" ? [given] : given;
    for (const path of paths) {
      if (columnOf.has(path)) continue;
      const name = `c${columns.length}`;
      columns.push({ path, keys: path.split("."), name });
      columnOf.set(path, name);
    }
    const liveOnly = paths[0] === "_deleted";
    const used = paths
      .slice(liveOnly ? 1 : 0)
      .map((path) => columnOf.get(path))
      .filter((column) => column !== undefined);
    const key = `${liveOnly ? "live" : "all"}:${used.join(",")}`;
    if (used.length === 0 || seen.has(key)) continue;
    seen.add(key);
    indexes.push({ columns: used, liveOnly });
  }
  return { primaryPath, columns, indexes, columnOf };
}

/** A text that changes whenever tables of this layout would have to be built anew. */
export function layoutFingerprint(layout: TableLayout): string {
  return JSON.stringify({
    format: 1,
    primary: layout.primaryPath,
    columns: layout.columns.map((column) => column.path),
    indexes: layout.indexes,
  });
}

/** The statements that create a table of this layout, without and then with its indexes. */
export function createTableSql(table: string, layout: TableLayout): string {
  // Columns have no type: a type would give them an affinity, which converts what is compared.
  const own = layout.columns.map((column) => `${column.name}, `).join("");
  return `CREATE TABLE "${table}" (id PRIMARY KEY NOT NULL, rev NOT NULL, deleted INTEGER NOT NULL,
    lwt NOT NULL, seq INTEGER NOT NULL, ${own}data NOT NULL)`;
}

/** The statements that create the indexes of a table of this layout. */
export function createIndexesSql(table: string, layout: TableLayout): string[] {
  return [
    `CREATE INDEX "${table}_seq" ON "${table}" (seq)`,
    `CREATE INDEX "${table}_gone" ON "${table}" (lwt) WHERE deleted = 1`,
    ...layout.indexes.map(
      (index, n) =>
        `CREATE INDEX "${table}_i${n}" ON "${table}" (${index.columns.join(", ")})${
          index.liveOnly ? " WHERE deleted = 0" : ""
        }`,
    ),
  ];
}
