/**
 * How a document's value becomes a value of an index column, so that SQLite's own order of that
 * column is RxDB's order of the values: missing < null < numbers < strings < booleans.
 */

/** What an index column may hold. SQL NULL stands for "missing". */
export type IndexValue = string | number | Buffer | null;

/** JSON null: above "missing" (SQL NULL), below every finite number. */
export const NULL_MARK = Number.NEGATIVE_INFINITY;
export const FALSE_MARK = Buffer.from([1]);
export const TRUE_MARK = Buffer.from([2]);

/**
 * An object or array, or something reached through one that is not a plain object. No column value
 * compares as RxDB compares these, so a column that holds one is no longer trusted by queries.
 */
export const COMPLEX = Buffer.from([0]);

const ABOVE_D7FF = /[\ud800-\uffff]/;
const EACH_ABOVE_D7FF = /[\ud800-\uffff]/g;

/**
 * Text whose UTF-8 bytes sort as JavaScript compares strings, by UTF-16 code unit, and from which
 * no two strings collide. Only code units from U+D800 up differ between the two orders; each is
 * lifted alone to its own code point from U+10000 up, which also keeps lone surrogates apart.
 */
export function sortableText(text: string): string {
  if (!ABOVE_D7FF.test(text)) return text;
  return text.replace(EACH_ABOVE_D7FF, (unit) =>
    String.fromCodePoint(0x10000 + unit.charCodeAt(0) - 0xd800),
  );
}

/** The column value of a scalar, or undefined where the value has none (objects, NaN, …). */
export function scalarIndexValue(value: unknown): Exclude<IndexValue, null> | undefined {
  switch (typeof value) {
    case "string":
      return sortableText(value);
    case "number":
      return Number.isFinite(value) ? value : undefined;
    case "boolean":
      return value ? TRUE_MARK : FALSE_MARK;
    default:
      return value === null ? NULL_MARK : undefined;
  }
}

/**
 * The column value of what `path` leads to in a document as JSON would store it: `COMPLEX` where
 * the value, or something on the way to it, is neither a scalar nor a plain object.
 */
export function indexValueAt(document: object, path: readonly string[]): IndexValue {
  let value: unknown = document;
  for (const key of path) {
    if (value === undefined || value === null) return null;
    if (typeof value !== "object" || Array.isArray(value)) return COMPLEX;
    value = (value as Record<string, unknown>)[key];
  }
  switch (typeof value) {
    case "string":
      return sortableText(value);
    case "number":
      // JSON has no NaN or infinity: they are stored, and so indexed, as null.
      return Number.isFinite(value) ? value : NULL_MARK;
    case "boolean":
      return value ? TRUE_MARK : FALSE_MARK;
    case "object":
      return value === null ? NULL_MARK : COMPLEX;
    default:
      return null;
  }
}
