import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What would make of a text something else than text, or of data a program. */
const doors = [
  /dangerouslySetInnerHTML/,
  /\.(inner|outer)HTML\s*=/,
  /insertAdjacentHTML|document\.write|createContextualFragment/,
  /\beval\(|new Function\(|\bsrcdoc\b|srcDoc/,
  /href=\{`?javascript:/,
];

test("[S8] nothing of the window makes anything of a text but text", () => {
  const files = globSync("src-renderer/**/*.{ts,tsx}").filter(
    (file) => !/\.test\.tsx?$/.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const open = files.filter((file) => {
    const text = readFileSync(file, "utf8");
    return doors.some((door) => door.test(text));
  });
  expect(open).toEqual([]);
});
