import { expect, test } from "vitest";
import type { Checkpoint, LivePage } from "#shared/sync/wire.ts";
import { id } from "#shared/testing/builders.ts";
import { ToldPages } from "./told-pages.ts";

const at = (seq: number, of: Partial<Checkpoint> = {}): Checkpoint => ({
  ...{ epoch: "epoch", lens: "lens", seq },
  ...of,
});

const page = (after: number, seq: number, of: Partial<Checkpoint> = {}): LivePage => ({
  ...{ protocol: 1, serverTime: "2026-06-15T00:00:00.000Z", after, reset: false, more: false },
  ...{ checkpoint: at(seq, of), head: seq, sums: {} },
  records: [{ id: id(`to ${seq}`), kind: "device", rev: seq, until: null, data: {} }],
});

const told = (...pages: LivePage[]) => {
  const kept = new ToldPages();
  for (const each of pages) kept.add(each);
  return kept;
};

test("[S7] pages that follow one another are one, up to the end of the last", () => {
  const all = told(page(3, 5), page(5, 6)).take(at(3));
  expect(all?.checkpoint.seq).toBe(6);
  expect(all?.records.map((record) => record.rev)).toEqual([5, 6]);
});

test("[S7] a page that begins before the position holds what is missing; an old one holds nothing", () => {
  expect(
    told(page(1, 3), page(2, 5))
      .take(at(3))
      ?.records.map((r) => r.rev),
  ).toEqual([5]);
  expect(told(page(1, 3)).take(at(3))).toBeNull();
});

test("[S7] what comes after a gap is not taken: it has to be pulled", () => {
  expect(told(page(4, 5)).take(at(3))).toBeNull();
  expect(told(page(3, 4), page(5, 6)).take(at(3))?.checkpoint.seq).toBe(4);
  expect(told(page(3, 5)).take(null)).toBeNull();
});

test("[S7] a page of another lens, or of another life of the server, is not taken", () => {
  expect(told(page(3, 5, { lens: "other" })).take(at(3))).toBeNull();
  expect(told(page(3, 5, { epoch: "other" })).take(at(3))).toBeNull();
});

test("what is taken is taken once, and what nobody takes is not kept without end", () => {
  const kept = told(page(3, 5));
  kept.take(at(3));
  expect(kept.take(at(3))).toBeNull();
  const many = told(...Array.from({ length: 51 }, (_, n) => page(n, n + 1)));
  expect(many.take(at(0))).toBeNull();
});
