import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical } from "./canonical.ts";

const reordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reordered(inner)]),
  );
};

test("[RFC 8785] the sample of the standard", () => {
  const sample = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
  );
  expect(canonical(sample)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("[RFC 8785] keys are sorted by their code units, also those that are numbers", () => {
  expect(canonical({ b: 1, "10": 2, "9": 3, "\u20ac": 4, "\ud83d\ude00": 5, "\ufb33": 6 })).toBe(
    '{"10":2,"9":3,"b":1,"\u20ac":4,"\ud83d\ude00":5,"\ufb33":6}',
  );
});

test("the text of a value follows from the value alone, and is the value again", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonical(value);
      expect(canonical(reordered(value))).toBe(text);
      expect(canonical(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("what JSON leaves out is left out", () => {
  expect(canonical({ a: undefined, b: [undefined], c: null })).toBe('{"b":[null],"c":null}');
});
