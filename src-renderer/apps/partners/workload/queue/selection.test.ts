import { describe, expect, it } from "vitest";
import { moveOf, type Standing } from "./selection.ts";

const at = (index: number, more: Partial<Standing> = {}): Standing => ({
  index,
  lastIndex: index,
  total: 10,
  page: 4,
  ...more,
});

describe("[PAR-2] moving through the queue by keyboard", () => {
  it("goes one row with j, k and the arrows, a page with Page keys, to the ends", () => {
    expect(moveOf("j", at(3))).toBe(4);
    expect(moveOf("ArrowDown", at(3))).toBe(4);
    expect(moveOf("k", at(3))).toBe(2);
    expect(moveOf("PageDown", at(3))).toBe(7);
    expect(moveOf("PageUp", at(3))).toBe(0);
    expect(moveOf("Home", at(3))).toBe(0);
    expect(moveOf("End", at(3))).toBe(9);
  });

  it("stays inside the list, and moves nothing in an empty one or for other keys", () => {
    expect(moveOf("j", at(9))).toBe(9);
    expect(moveOf("k", at(0))).toBe(0);
    expect(moveOf("j", at(-1, { total: 0 }))).toBeNull();
    expect(moveOf("x", at(3))).toBeNull();
  });

  it("begins at the head where nothing was selected", () => {
    expect(moveOf("j", at(-1))).toBe(0);
    expect(moveOf("k", at(-1))).toBe(0);
  });

  it("goes on to the row that took the place of one that left", () => {
    expect(moveOf("j", at(-1, { lastIndex: 3 }))).toBe(3);
    expect(moveOf("k", at(-1, { lastIndex: 3 }))).toBe(2);
    expect(moveOf("j", at(-1, { lastIndex: 10 }))).toBe(9);
  });
});
