import fc from "fast-check";
import { expect, test } from "vitest";
import { COMPLEX, indexValueAt, NULL_MARK, sortableText } from "./index-value.ts";

const units = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd700, max: 0xe100 })),
  { maxLength: 5 },
);
const text = units.map((codes) => String.fromCharCode(...codes));

test("the bytes of sortable text sort as JavaScript sorts the text, lone surrogates included", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const bytes = Buffer.compare(Buffer.from(sortableText(a)), Buffer.from(sortableText(b)));
      expect(bytes).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
    { numRuns: 2000 },
  );
});

test("text without surrogates stays as it is", () => {
  expect(sortableText("สวัสดี, café")).toBe("สวัสดี, café");
});

test("missing, null and what JSON stores as null are told apart as JSON tells them apart", () => {
  const document = { a: null, b: Number.NaN, c: undefined, d: { e: 1 }, f: [{ e: 1 }] };
  expect(indexValueAt(document, ["a"])).toBe(NULL_MARK);
  expect(indexValueAt(document, ["b"])).toBe(NULL_MARK);
  expect(indexValueAt(document, ["c"])).toBeNull();
  expect(indexValueAt(document, ["a", "e"])).toBeNull();
  expect(indexValueAt(document, ["d", "e"])).toBe(1);
  expect(indexValueAt(document, ["d"])).toBe(COMPLEX);
  expect(indexValueAt(document, ["f", "e"])).toBe(COMPLEX);
});
