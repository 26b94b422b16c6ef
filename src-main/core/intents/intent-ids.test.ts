import fc from "fast-check";
import { expect, test } from "vitest";
import { IntentIds } from "./intent-ids.ts";

test("[S2] ids rise in the order of making, whatever the clock says and over restarts", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2 ** 41), { minLength: 2, maxLength: 30 }), (clock) => {
      const made: string[] = [];
      let ids = new IntentIds();
      for (const [i, now] of clock.entries()) {
        if (i % 5 === 4) {
          ids = new IntentIds();
          for (const id of made) ids.note(id);
        }
        made.push(ids.next(now));
      }
      expect(made).toEqual([...made].sort());
      expect(new Set(made).size).toBe(made.length);
    }),
  );
});
