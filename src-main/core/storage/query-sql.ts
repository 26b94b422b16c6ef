import type { FilledMangoQuery } from "rxdb/plugins/core";
import { type Bound, type ColumnLookup, compileSelector } from "./selector-sql.ts";

/** A mango query as SQL, and what of it SQL could not do exactly. */
export type CompiledQuery = {
  /** Everything after `SELECT …`, from `FROM` to the end of `WHERE`. */
  readonly from: string;
  /** `ORDER BY …`, or nothing where the rows have to be sorted afterwards. */
  readonly orderBy: string;
  readonly params: readonly Bound[];
  /** Rows still have to be asked with RxDB's matcher. */
  readonly mustMatch: boolean;
  /** Rows still have to be sorted with RxDB's comparator. */
  readonly mustSort: boolean;
  readonly skip: number;
  /** Infinity where the query has none. */
  readonly limit: number;
};

/** Compiles a normalised mango query over one table. */
export function compileQuery<T>(
  table: string,
  query: FilledMangoQuery<T>,
  columnOf: ColumnLookup,
): CompiledQuery {
  const where = compileSelector(query.selector, columnOf);
  const order = sortSql(query.sort as readonly Record<string, unknown>[], columnOf);
  return {
    from: `FROM "${table}"${where.sql === "1" ? "" : ` WHERE ${where.sql}`}`,
    orderBy: order === undefined || order === "" ? "" : ` ORDER BY ${order}`,
    params: where.params,
    mustMatch: !where.exact,
    mustSort: order === undefined,
    skip: query.skip > 0 ? query.skip : 0,
    limit: typeof query.limit === "number" ? query.limit : Number.POSITIVE_INFINITY,
  };
}

function sortSql(
  sort: readonly Record<string, unknown>[],
  columnOf: ColumnLookup,
): string | undefined {
  const parts: string[] = [];
  for (const part of sort) {
    for (const [path, direction] of Object.entries(part)) {
      const column = columnOf(path);
      if (column === undefined) return undefined;
      parts.push(direction === "desc" ? `${column} DESC` : column);
    }
  }
  return parts.join(", ");
}
