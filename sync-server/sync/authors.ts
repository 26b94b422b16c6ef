/** Who last changed a field, and when, by the time of the work. */
interface Author {
  id: string;
  by: string;
  at: string;
}

/** The author of a change, with the top-level fields that it changed. */
export interface Authorship extends Author {
  fields: readonly string[];
}

/** Field → who last changed it, of the fields that anybody has changed. */
export type Authors = Record<string, Author>;

/** `authors` after a change. */
export const withAuthor = (authors: Authors, { fields, ...author }: Authorship): Authors => ({
  ...authors,
  ...Object.fromEntries(fields.map((field) => [field, author])),
});
