import fc from "fast-check";
import {
  type FilledMangoQuery,
  getQueryMatcher,
  getSortComparator,
  type MangoQuery,
  type PreparedQuery,
  type RxDocumentData,
} from "rxdb/plugins/core";
import { expect, test } from "vitest";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import {
  FILLED_SCHEMA,
  type Item,
  itemDocument,
  itemInstance,
  prepared,
  testDatabase,
} from "./storage-fixture.ts";

/** Texts whose order differs between UTF-8 and UTF-16, that look like numbers, or are cut by C. */
const TEXTS = [
  "",
  "a",
  "A",
  "b",
  "é",
  "ก",
  "\ud7ff",
  "\ue000",
  "\ufffd",
  "\uffff",
  "\u{1f600}",
  "\u{10ffff}",
  "\ud800",
  "\udfff",
  "a\0b",
  "a\0c",
  "5",
  "5.0",
  "10",
  "null",
  "a\u{1f600}",
  "a\uffff",
];
const NUMBERS = [
  0,
  -0,
  1,
  -1,
  1.5,
  2,
  5,
  10,
  1e21,
  -1e21,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_VALUE,
  0.1,
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: "binary", maxLength: 3 }));
const number = fc.oneof(fc.constantFrom(...NUMBERS), fc.integer({ min: -3, max: 3 }));
const scalar: fc.Arbitrary<unknown> = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ region: scalar }, { requiredKeys: [] }) },
);

const FIELDS = [
  "id",
  "kind",
  "due",
  "queue",
  "open",
  "note",
  "place.region",
  "data",
  "data.a",
  "_deleted",
  "_meta.lwt",
  "_rev",
] as const;

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Documents as the schema has them, fields missing here and there. */
const tidy = fc.record({
  kind: text,
  due: number,
  queue: maybe(text),
  open: maybe(fc.boolean()),
  note: maybe(text),
  place: maybe(fc.record({ region: text }, { requiredKeys: [] })),
  data: maybe(anything),
});
/** Documents that hold anything anywhere, as nothing validates them in production. */
const wild = fc.record({
  kind: anything,
  due: anything,
  queue: maybe(anything),
  open: maybe(anything),
  note: maybe(anything),
  place: maybe(anything),
  data: maybe(anything),
});

const condition: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  ...["$eq", "$ne", "$gt", "$gte", "$lt", "$lte"].map((operator) =>
    fc.record({
      [operator]: fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 1, arbitrary: anything }),
    }),
  ),
  ...["$in", "$nin"].map((operator) =>
    fc.record({
      [operator]: fc.array(
        fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 1, arbitrary: anything }),
        { maxLength: 4 },
      ),
    }),
  ),
  fc.record({ $gt: scalar, $lte: scalar }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({
    $type: fc.constantFrom(
      "string",
      "number",
      "boolean",
      "null",
      "array",
      "object",
      "int",
      "undefined",
      2,
      8,
      10,
    ),
  }),
  fc.record({ $type: fc.constant(["string", "boolean"]) }),
  fc.record({ $mod: fc.constantFrom([2, 0], [3, 1]) }),
  fc.record({ $regex: fc.constantFrom("a", "^$", "5") }),
  fc.record({ $regex: fc.constant("A"), $options: fc.constant("i") }),
  fc.record({ $size: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ $elemMatch: fc.oneof(fc.record({ $gt: scalar }), fc.record({ region: scalar })) }),
);
const negatable = fc.oneof(
  { weight: 4, arbitrary: condition },
  { weight: 1, arbitrary: fc.record({ $not: condition }) },
);
const field = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...FIELDS.slice(0, 8)) },
  { weight: 1, arbitrary: fc.constantFrom(...FIELDS) },
);
const plain = fc.dictionary(
  field,
  fc.oneof(
    { weight: 5, arbitrary: negatable },
    { weight: 1, arbitrary: scalar },
    // A bare object is compared as a whole, an empty one too; it holds no operators.
    { weight: 1, arbitrary: fc.oneof(anything, fc.constant({})) },
  ),
  { maxKeys: 3 },
);
const { selector } = fc.letrec((tie) => ({
  selector: fc.oneof(
    { maxDepth: 2 },
    { weight: 3, arbitrary: plain },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          plain,
          fc.constantFrom("$and", "$or", "$nor"),
          fc.array(tie("selector"), { minLength: 1, maxLength: 3 }),
        )
        .map(([own, operator, parts]) => ({ ...own, [operator]: parts })),
    },
  ),
}));

const query = fc
  .record({
    selector: selector as fc.Arbitrary<object>,
    live: fc.boolean(),
    sort: fc.option(
      fc.uniqueArray(fc.tuple(field, fc.constantFrom("asc", "desc")), {
        minLength: 1,
        maxLength: 3,
        selector: ([path]) => path,
      }),
      { nil: undefined },
    ),
    skip: fc.option(fc.nat(4), { nil: undefined }),
    limit: fc.option(fc.nat(6), { nil: undefined }),
    // A hint names an index, not an answer.
    index: maybe(fc.constantFrom(...(FILLED_SCHEMA.indexes ?? []))),
  })
  .map(
    ({ selector, live, sort, skip, limit, index }) =>
      ({
        selector: live ? { ...selector, _deleted: { $eq: false } } : selector,
        ...(sort && { sort: sort.map(([path, direction]) => ({ [path]: direction })) }),
        ...(skip !== undefined && { skip }),
        ...(limit !== undefined && { limit }),
        ...(index !== undefined && { index }),
      }) as MangoQuery<Item>,
  );

/** RxDB's own matcher and comparator over documents as JSON gives them back. */
function naive(documents: RxDocumentData<Item>[], filled: FilledMangoQuery<Item>): unknown[] {
  const matches = getQueryMatcher(FILLED_SCHEMA, filled as FilledMangoQuery<RxDocumentData<Item>>);
  const sorted = documents
    .filter((document) => matches(document))
    .sort(getSortComparator(FILLED_SCHEMA, filled));
  return sorted.slice(
    filled.skip,
    filled.limit === undefined ? undefined : filled.skip + filled.limit,
  );
}

const outcome = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work();
  } catch {
    return "refused";
  }
};

let runs = 0;

/** RxDB's comparator leaves the place of objects and arrays open, so such a sort has many answers. */
function isOrdered(documents: RxDocumentData<Item>[], filled: FilledMangoQuery<Item>): boolean {
  return filled.sort.every((part) =>
    Object.keys(part).every((path) =>
      documents.every((document) => {
        const value = path
          .split(".")
          .reduce<unknown>(
            (from, key) => (from as Record<string, unknown> | null | undefined)?.[key],
            document,
          );
        return typeof value !== "object" || value === null;
      }),
    ),
  );
}

const byId = (found: unknown): unknown =>
  Array.isArray(found)
    ? (found as RxDocumentData<Item>[]).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    : found;

async function agrees(
  database: SqliteDatabase,
  items: readonly object[],
  queries: readonly MangoQuery<Item>[],
): Promise<void> {
  const instance = await itemInstance(database, { collection: `run ${runs++}` });
  const documents = items.map((item, n) =>
    itemDocument(
      { ...(item as Item), id: `${TEXTS[n % TEXTS.length]}${n}` },
      { deleted: n % 7 === 3, lwt: 1000 + (n % 3) },
    ),
  );
  await instance.bulkWrite(
    documents.map((document) => ({ document })),
    "test",
  );
  const stored = JSON.parse(JSON.stringify(documents)) as RxDocumentData<Item>[];
  for (const asked of queries) {
    let filled: PreparedQuery<Item>;
    try {
      filled = prepared(asked);
    } catch {
      continue;
    }
    const ordered = isOrdered(stored, filled.query);
    if (!ordered && (filled.query.skip > 0 || filled.query.limit !== undefined)) continue;
    const inOrder = ordered ? (found: unknown) => found : byId;
    const expected = inOrder(await outcome(() => naive(stored, filled.query)));
    const found = inOrder(await outcome(async () => (await instance.query(filled)).documents));
    expect(found, JSON.stringify(asked)).toEqual(expected);
    const count = await outcome(async () => (await instance.count(filled)).count);
    expect(count, JSON.stringify(asked)).toEqual(
      Array.isArray(expected) ? expected.length : expected,
    );
  }
  await instance.remove();
}

test.each([
  ["as the schema has them", tidy],
  ["that hold anything anywhere", wild],
])(
  "a query answers what RxDB's own matcher and comparator answer, for documents %s",
  async (_, documents) => {
    const database = testDatabase();
    await fc.assert(
      fc.asyncProperty(
        fc.array(documents as fc.Arbitrary<object>, { minLength: 1, maxLength: 24 }),
        fc.array(query, { minLength: 12, maxLength: 12 }),
        (items, queries) => agrees(database, items, queries),
      ),
      { numRuns: 60 },
    );
  },
);
