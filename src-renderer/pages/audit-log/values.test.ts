import { expect, test } from "vitest";
import { commit, mask } from "#shared/audit/entry.ts";
import { auditEntry } from "#shared/testing/audit.ts";
import { changedFields, saidFields } from "./values.ts";

const line = commit(
  {
    ...auditEntry("hello"),
    changes: { status: ["new", "assigned"], text: [null, "hello"] },
  },
  () => "0".repeat(32),
);

test("[PRT-4] a change stands field by field, before and after", () => {
  expect(changedFields(line.entry, line.openings)).toContainEqual({
    name: "status",
    before: { shown: true, value: "new" },
    after: { shown: true, value: "assigned" },
  });
});

test("[PRT-4] what was said and became the change is told once", () => {
  const said = saidFields(line.entry, line.openings, { text: [null, "hello"] });
  expect(said.map(({ name }) => name)).toEqual(["urgent"]);
  expect(saidFields(line.entry, line.openings, {}).map(({ name }) => name)).toContain("text");
});

test("[S8] a masked value is told to be there, and not what it is", () => {
  const masked = mask(line, (path) => !path.endsWith("status") && !path.endsWith("urgent"));
  expect(changedFields(masked.entry, masked.openings)).toContainEqual({
    name: "status",
    before: { shown: false },
    after: { shown: false },
  });
  expect(saidFields(masked.entry, masked.openings, {})).toContainEqual({
    name: "urgent",
    before: null,
    after: { shown: false },
  });
});
