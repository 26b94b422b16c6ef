import { expect, test } from "vitest";
import { LogRequest } from "#shared/audit/wire.ts";
import { filterOf, narrowsLog, readLogSearch, wholeLog, writeLogSearch } from "./log-search.ts";

const now = Date.parse("2026-07-14T03:00:41.000Z");

test("[PRT-4] what narrows a log is asked of the server as its schema wants it", () => {
  const search = readLogSearch({
    q: " pump ",
    act: "grant.",
    by: "0190a000-0000-7000-8000-000000000001",
    outcome: "refused",
    period: "week",
  });
  const filter = filterOf(search, now);
  expect(filter).toEqual({
    text: "pump",
    type: "grant.",
    actor: "0190a000-0000-7000-8000-000000000001",
    outcome: "refused",
    from: "2026-07-07T03:00:00.000Z",
  });
  expect(LogRequest.safeParse(filter).success).toBe(true);
});

test("[PRT-4] two days are whole days, both of them", () => {
  const search = readLogSearch({ period: "days", from: "2026-07-01", to: "2026-07-02" });
  const { from = "", to = "" } = filterOf(search, now);
  expect(Date.parse(to) - Date.parse(from)).toBe(2 * 86_400_000 - 1);
});

test("what is wrong in an address counts as not said, and an empty one says nothing", () => {
  const search = readLogSearch({ by: "me", period: "aeon", line: -4, q: { a: 1 } });
  expect(writeLogSearch(search)).toEqual({});
  expect(narrowsLog(search)).toBe(false);
  expect(filterOf(search, now)).toEqual({});
});

test("clearing what narrows keeps the line that is open", () => {
  const search = readLogSearch({ q: "pump", line: 7 });
  expect(narrowsLog(search)).toBe(true);
  expect(writeLogSearch(wholeLog(search))).toEqual({ line: 7 });
});
