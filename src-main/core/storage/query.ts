import type {
  DeterministicSortComparator,
  FilledMangoQuery,
  QueryMatcher,
  RxDocumentData,
} from "rxdb/plugins/core";
import type { DocumentTable } from "./document-table.ts";
import { type CompiledQuery, compileQuery } from "./query-sql.ts";

/** RxDB's own answers to what SQL leaves open, made only where needed. */
export type Fallback<T> = {
  matches(): QueryMatcher<RxDocumentData<T>>;
  compare(): DeterministicSortComparator<T>;
};

/** The documents that match, in order, after skip and up to limit. */
export function findDocuments<T>(
  table: DocumentTable<T>,
  query: FilledMangoQuery<T>,
  fallback: Fallback<T>,
): RxDocumentData<T>[] {
  const compiled = compileQuery(table.name, query, table.columnOf);
  const { skip, limit, mustMatch, mustSort } = compiled;
  if (limit <= 0) return [];
  if (!mustMatch && !mustSort) return findInSql(table, compiled);
  const matches = mustMatch ? fallback.matches() : undefined;
  const wanted = mustSort ? Number.POSITIVE_INFINITY : skip + limit;
  const found: RxDocumentData<T>[] = [];
  for (const document of table.read(selectSql(compiled), compiled.params)) {
    if (matches !== undefined && !matches(document)) continue;
    found.push(document);
    if (found.length >= wanted) break;
  }
  if (mustSort) found.sort(fallback.compare());
  return skip === 0 && found.length <= limit ? found : found.slice(skip, skip + limit);
}

/** How many documents `findDocuments` would find. */
export function countDocuments<T>(
  table: DocumentTable<T>,
  query: FilledMangoQuery<T>,
  matcher: () => QueryMatcher<RxDocumentData<T>>,
): number {
  const compiled = compileQuery(table.name, query, table.columnOf);
  let count = 0;
  if (compiled.mustMatch) {
    const matches = matcher();
    for (const document of table.read(`SELECT data ${compiled.from}`, compiled.params)) {
      if (matches(document)) count++;
    }
  } else {
    count = table
      .statement(`SELECT count(*) ${compiled.from}`)
      .pluck()
      .get(...compiled.params) as number;
  }
  return Math.max(0, Math.min(count - compiled.skip, compiled.limit));
}

/** The statement that reads the rows of a query, before skip and limit. */
export const selectSql = (compiled: CompiledQuery): string =>
  `SELECT data ${compiled.from}${compiled.orderBy}`;

function findInSql<T>(table: DocumentTable<T>, compiled: CompiledQuery): RxDocumentData<T>[] {
  const { skip, limit, params } = compiled;
  const sql = selectSql(compiled);
  if (skip === 0 && limit === Number.POSITIVE_INFINITY) return [...table.read(sql, params)];
  const rows = table
    .statement(`${sql} LIMIT ? OFFSET ?`)
    .pluck()
    .all(...params, limit === Number.POSITIVE_INFINITY ? -1 : limit, skip) as string[];
  return rows.map((data) => JSON.parse(data) as RxDocumentData<T>);
}
