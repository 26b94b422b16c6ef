import { FALSE_MARK, type IndexValue, scalarIndexValue, TRUE_MARK } from "./index-value.ts";

/** What may be bound to a parameter of a statement. */
export type Bound = Exclude<IndexValue, null>;

/**
 * A condition every matching row fulfils. Where `exact`, every row that fulfils it matches too;
 * otherwise the rows still have to be asked one by one.
 */
export type RowCondition = {
  readonly sql: string;
  readonly params: readonly Bound[];
  readonly exact: boolean;
};

/** Which column holds a path, where its values can be compared in SQL. */
export type ColumnLookup = (path: string) => string | undefined;

const ALWAYS: RowCondition = { sql: "1", params: [], exact: true };
const NEVER: RowCondition = { sql: "0", params: [], exact: true };
const ASK: RowCondition = { sql: "1", params: [], exact: false };

/** SQLite refuses more than 32,766 parameters; a longer list is left to the matcher. */
const MOST_LISTED = 10_000;

const sql = (text: string, ...params: Bound[]): RowCondition => ({
  sql: text,
  params,
  exact: true,
});

function all(parts: readonly RowCondition[]): RowCondition {
  const needed = parts.filter((part) => part.sql !== "1");
  return {
    sql: needed.length === 0 ? "1" : needed.map((part) => `(${part.sql})`).join(" AND "),
    params: needed.flatMap((part) => part.params),
    exact: parts.every((part) => part.exact),
  };
}

function some(parts: readonly RowCondition[]): RowCondition {
  if (parts.length === 0) return NEVER;
  const open = parts.filter((part) => part.sql === "1");
  if (open.length > 0) return open.some((part) => part.exact) ? ALWAYS : ASK;
  return {
    sql: parts.map((part) => `(${part.sql})`).join(" OR "),
    params: parts.flatMap((part) => part.params),
    exact: parts.every((part) => part.exact),
  };
}

/** A condition that is only necessary says nothing once negated. */
function not(part: RowCondition): RowCondition {
  if (!part.exact) return ASK;
  return { sql: `(${part.sql}) IS NOT TRUE`, params: part.params, exact: true };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof RegExp);

/**
 * Compiles a mango selector against the columns of a table. It means what RxDB's own matcher
 * (mingo) means for documents whose column values are scalars; whatever is not known to mean
 * exactly that stays with the matcher.
 */
export function compileSelector(selector: unknown, columnOf: ColumnLookup): RowCondition {
  if (!isObject(selector)) return ASK;
  return all(
    Object.entries(selector).map(([field, value]) => {
      switch (field) {
        case "$and":
        case "$or":
        case "$nor": {
          if (!Array.isArray(value)) return ASK;
          const parts = value.map((part) => compileSelector(part, columnOf));
          if (field === "$and") return all(parts);
          return field === "$or" ? some(parts) : not(some(parts));
        }
        default:
          return field.startsWith("$") ? ASK : compileField(field, value, columnOf);
      }
    }),
  );
}

function compileField(path: string, expression: unknown, columnOf: ColumnLookup): RowCondition {
  const column = columnOf(path);
  if (column === undefined) return ASK;
  if (!isObject(expression)) return compileOperator(column, "$eq", expression);
  const entries = Object.entries(expression);
  if (!entries.some(([operator]) => operator.startsWith("$"))) return ASK;
  return all(
    entries.map(([operator, value]) =>
      operator === "$not"
        ? not(compileField(path, value, columnOf))
        : compileOperator(column, operator, value),
    ),
  );
}

function compileOperator(column: string, operator: string, value: unknown): RowCondition {
  if (column === "deleted") return compileDeleted(operator, value);
  switch (operator) {
    case "$eq":
      return equal(column, value);
    case "$ne":
      return not(equal(column, value));
    case "$in":
      return oneOf(column, value);
    case "$nin":
      return not(oneOf(column, value));
    case "$gt":
      return range(column, ">", value);
    case "$gte":
      return range(column, ">=", value);
    case "$lt":
      return range(column, "<", value);
    case "$lte":
      return range(column, "<=", value);
    case "$exists":
      return sql(value ? `${column} IS NOT NULL` : `${column} IS NULL`);
    case "$type":
      return Array.isArray(value)
        ? some(value.map((type) => ofType(column, type)))
        : ofType(column, value);
    default:
      return ASK;
  }
}

/** `_deleted` is a plain 0 or 1, written as a literal so that partial indexes apply. */
function compileDeleted(operator: string, value: unknown): RowCondition {
  if (typeof value !== "boolean" || (operator !== "$eq" && operator !== "$ne")) return ASK;
  return sql(`deleted = ${value === (operator === "$eq") ? 1 : 0}`);
}

function equal(column: string, value: unknown): RowCondition {
  if (value === null) return sql(`${column} IS NULL OR ${column} = -9e999`);
  const bound = scalarIndexValue(value);
  return bound === undefined ? ASK : sql(`${column} = ?`, bound);
}

function oneOf(column: string, values: unknown): RowCondition {
  if (!Array.isArray(values) || values.length > MOST_LISTED) return ASK;
  const listed: Bound[] = [];
  for (const value of values) {
    const bound = scalarIndexValue(value);
    if (bound === undefined) return ASK;
    if (value !== null) listed.push(bound);
  }
  const parts: RowCondition[] = [];
  if (listed.length > 0) {
    parts.push(sql(`${column} IN (${listed.map(() => "?").join(", ")})`, ...listed));
  }
  if (listed.length < values.length) parts.push(equal(column, null));
  return some(parts);
}

/** A comparison only holds between values of one type, so each range ends where its type ends. */
function range(column: string, operator: ">" | ">=" | "<" | "<=", value: unknown): RowCondition {
  const bound = scalarIndexValue(value);
  if (bound === undefined || value === null) return ASK;
  const upward = operator.startsWith(">");
  const compared = `${column} ${operator} ?`;
  switch (typeof value) {
    case "string":
      return sql(`${compared} AND ${upward ? `${column} < X''` : `${column} >= ''`}`, bound);
    case "number":
      return sql(`${compared} AND ${upward ? `${column} < ''` : `${column} > -9e999`}`, bound);
    default:
      return sql(upward ? compared : `${compared} AND ${column} >= X'01'`, bound);
  }
}

function ofType(column: string, type: unknown): RowCondition {
  switch (type) {
    case "string":
    case 2:
      return sql(`typeof(${column}) = 'text'`);
    case "number":
    case "double":
    case "decimal":
    case 1:
    case 19:
      return sql(`${column} > -9e999 AND ${column} < ''`);
    case "boolean":
    case "bool":
    case 8:
      return sql(`${column} IN (?, ?)`, FALSE_MARK, TRUE_MARK);
    case "null":
    case 10:
      return sql(`${column} = -9e999`);
    case "undefined":
    case 6:
      return equal(column, null);
    case "object":
    case "array":
    case "date":
    case "regex":
    case "regexp":
    case 3:
    case 4:
    case 9:
    case 11:
      return NEVER;
    default:
      return ASK;
  }
}
