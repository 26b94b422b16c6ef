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

test("[PRT-4] of a field with named parts those stand that became another, and nothing else", () => {
  const levels = { workload: "full", users: "read" };
  const access = { status: "active", roles: { partners: "a" }, scope: null };
  const scope = { ownVisits: true, regions: null, customerIds: null };
  const told = commit(
    {
      ...auditEntry("hello"),
      changes: {
        levels: [levels, { ...levels, users: "hidden", roles: "read" }],
        access: [access, { ...access, roles: {}, scope }],
      },
    },
    () => "0".repeat(32),
  );
  const shown = (before: unknown, after: unknown) => ({
    before: { shown: true, value: before },
    after: { shown: true, value: after },
  });
  expect(changedFields(told.entry, told.openings)).toEqual([
    { name: "levels.users", ...shown("read", "hidden") },
    { name: "levels.roles", ...shown(undefined, "read") },
    { name: "access.roles.partners", ...shown("a", undefined) },
    { name: "access.scope", ...shown(null, scope) },
  ]);
});
