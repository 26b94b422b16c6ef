import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyWork, type WorkFilter } from "#shared/ipc/views.ts";
import { narrowings, parseItem, placeOfSearch, sameFilter, searchOfPlace } from "./work-search.ts";

const words = fc.array(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 3 });
const filters: fc.Arbitrary<WorkFilter> = fc
  .record({
    customers: words,
    regions: words,
    kinds: fc.uniqueArray(fc.constantFrom("ticket" as const, "alarm" as const, "visit" as const)),
    statuses: words,
    assignees: words,
    deviceId: fc.option(fc.uuid(), { nil: null }),
    due: fc.constantFrom("any" as const, "overdue" as const, "soon" as const),
    search: fc.string({ maxLength: 30 }),
    state: fc.constantFrom("open" as const, "done" as const),
  })
  .map((filter) => (filter.state === "done" ? { ...filter, due: "any" } : filter));

describe("[PAR-2] the workload's address", () => {
  it("says every filter and selection, and reads back what it said", () => {
    fc.assert(
      fc.property(filters, fc.uuid(), (filter, id) => {
        const place = { filter, item: { kind: "visit" as const, id }, at: 0, raise: null };
        expect(placeOfSearch(searchOfPlace(place))).toEqual(place);
      }),
    );
  });

  it("says nothing of a filter that narrows nothing", () => {
    expect(searchOfPlace({ filter: anyWork })).toEqual({});
  });

  it("asks nothing of what is owed where the work is done", () => {
    expect(placeOfSearch({ due: "overdue", state: "done" }).filter.due).toBe("any");
    expect(placeOfSearch({ due: "overdue" }).filter.due).toBe("overdue");
  });

  it("takes whatever is malformed as not said", () => {
    const place = placeOfSearch({ kind: ["boat"], customer: 7, state: "gone", item: "boat:1" });
    expect(place.filter).toEqual(anyWork);
    expect(place.item).toBeNull();
    expect(parseItem("ticket:")).toBeNull();
  });

  it("counts the parts that narrow, and not the open or done view", () => {
    expect(narrowings({ ...anyWork, state: "done" })).toBe(0);
    expect(narrowings({ ...anyWork, regions: ["North", "South"], search: "pump" })).toBe(2);
    expect(narrowings({ ...anyWork, due: "overdue" })).toBe(1);
  });

  it("knows the same filter whatever the order of its choices", () => {
    const a = { ...anyWork, regions: ["North", "South"] };
    expect(sameFilter(a, { ...anyWork, regions: ["South", "North"] })).toBe(true);
    expect(sameFilter(a, anyWork)).toBe(false);
    expect(sameFilter(anyWork, { ...anyWork, due: "soon" })).toBe(false);
  });
});
