import { createHash } from "node:crypto";

/** A word that occurs nowhere but in one field of one record, so that bytes can be searched for it. */
export const canary = (owner: string, field: string): string =>
  `cy${createHash("sha256").update(`${owner}:${field}`).digest("hex").slice(0, 12)}`;

const words =
  /cy[0-9a-f]{12}|[0-9a-f]{8}-[0-9a-f]{4}-[578][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/** Every canary and every id in a text. */
export const wordsIn = (text: string): Set<string> => new Set(text.match(words) ?? []);

/** The same record with a canary in each of these fields. */
export const marked = <T extends { id: string }>(
  record: T,
  ...fields: (keyof T & string)[]
): T => ({
  ...record,
  ...Object.fromEntries(fields.map((field) => [field, `${field} ${canary(record.id, field)}`])),
});
