import type { MangoQuery } from "rxdb/plugins/core";
import { expect, test } from "vitest";
import { selectSql } from "./query.ts";
import { compileQuery } from "./query-sql.ts";
import {
  FILLED_SCHEMA,
  type Item,
  itemInstance,
  prepared,
  testDatabase,
} from "./storage-fixture.ts";
import { layoutOf } from "./table-layout.ts";

const LIVE = { _deleted: { $eq: false } };

/** What SQLite says it will do for the first page of a query. */
async function plan(query: MangoQuery<Item>): Promise<string[]> {
  const database = testDatabase();
  const { internals } = await itemInstance(database);
  const { columnOf } = layoutOf(FILLED_SCHEMA);
  const compiled = compileQuery(internals.table, prepared(query).query, (path) =>
    columnOf.get(path),
  );
  const steps = database
    .prepare(`EXPLAIN QUERY PLAN ${selectSql(compiled)} LIMIT 50`)
    .all(...compiled.params) as { detail: string }[];
  return steps.map(({ detail }) => detail.replaceAll(internals.table, "t"));
}

test.each<[string, object, MangoQuery<Item>["sort"], string]>([
  ["equal prefix, sorted by the rest", { kind: "visit" }, [{ due: "asc" }], "t_i0 (c0=?)"],
  [
    "the same from the other end",
    { kind: "visit" },
    [{ due: "desc" }, { id: "desc" }],
    "t_i0 (c0=?)",
  ],
  [
    "a range on what is sorted by",
    { kind: "visit", due: { $gt: 5, $lte: 9 } },
    [{ due: "asc" }],
    "t_i0 (c0=? AND c1>? AND c1<?)",
  ],
  ["the workload queue", { queue: "q" }, [{ due: "asc" }, { id: "asc" }], "t_i1 (c2=?)"],
  ["a boolean field", { open: true }, [{ kind: "asc" }], "t_i2 (c3=?)"],
  ["a nested field", { "place.region": "north" }, [{ id: "asc" }], "t_i3 (c4=?)"],
])("[DESIGN speed] %s: an index, and no sorting", async (_, selector, sort, index) => {
  const steps = await plan({
    selector: { ...selector, ...LIVE },
    ...(sort && { sort }),
  } as MangoQuery<Item>);
  expect(steps).toEqual([`SEARCH t USING INDEX ${index}`]);
});

test("[DESIGN speed] newest first with ids upward sorts only among equals", async () => {
  const steps = await plan({
    selector: { kind: "visit", ...LIVE } as object,
    sort: [{ due: "desc" }],
  });
  expect(steps).toEqual([
    "SEARCH t USING INDEX t_i0 (c0=?)",
    "USE TEMP B-TREE FOR LAST TERM OF ORDER BY",
  ]);
});
