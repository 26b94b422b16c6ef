import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinds } from "../domain/intent.ts";
import { addToSums, differingKinds, recordSum } from "./checksum.ts";
import type { Sums } from "./wire.ts";

const element = fc.record({
  kind: fc.constantFrom(...kinds),
  sum: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
});

const summed = (elements: readonly { kind: (typeof kinds)[number]; sum: number }[]): Sums =>
  elements.reduce<Sums>((sums, { kind, sum }) => addToSums(sums, kind, sum, 1), {});

describe("[S10] checksums", () => {
  test("the order in which records came does not matter", () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 50 }), fc.nat(), (elements, seed) => {
        const other = [...elements].sort((a, b) => ((a.sum ^ seed) % 97) - ((b.sum ^ seed) % 97));
        expect(differingKinds(summed(elements), summed(other))).toEqual([]);
      }),
    );
  });

  test("what is taken away again leaves nothing behind", () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 50 }), (elements) => {
        const gone = elements.reduce(
          (sums, e) => addToSums(sums, e.kind, e.sum, -1),
          summed(elements),
        );
        expect(gone).toEqual({});
      }),
    );
  });

  test("another revision, lease or word of a record is another checksum", () => {
    const base = ["0190a", 7, "2027-01-01T00:00:00.000Z", '{"a":1}'] as const;
    const sums = [
      recordSum(...base),
      recordSum("0190b", 7, base[2], base[3]),
      recordSum(base[0], 8, base[2], base[3]),
      recordSum(base[0], 7, "", base[3]),
      recordSum(base[0], 7, base[2], '{"a":2}'),
    ];
    expect(new Set(sums).size).toBe(sums.length);
    for (const sum of sums)
      expect(Number.isSafeInteger(sum) && sum >= 0 && sum < 2 ** 48).toBe(true);
  });

  test("a kind that one side does not have at all differs", () => {
    const one = summed([{ kind: "ticket", sum: 5 }]);
    expect(differingKinds(one, {})).toEqual(["ticket"]);
    expect(differingKinds({}, one)).toEqual(["ticket"]);
  });
});
