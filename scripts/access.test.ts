import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { appOf } from "#shared/access/menu.ts";
import { printedMatrix, sorted } from "#shared/testing/printed-matrix.ts";
import { type MatrixRow, matrix } from "./access-matrix.ts";

const run = (...words: string[]) =>
  execFileSync(process.execPath, [resolve("scripts/access.ts"), ...words], { encoding: "utf8" });

test("[nav] what the engine answers is the table of seed 002, row by row", () => {
  expect(sorted(matrix())).toEqual(sorted(printedMatrix()));
});

test("[nav] `access -- matrix --json` prints it, in the order of the sidebars", () => {
  const printed = JSON.parse(run("matrix", "--json")) as MatrixRow[];
  expect(printed).toEqual(matrix());
  expect(new Set(printed.map(({ item }) => appOf(item)))).toEqual(new Set(["partners"]));
});

test("[AUTH-1] `access -- explain` names the layer that refuses, and what would unlock it", () => {
  const asked = ["explain", "--subtype", "reseller", "--role", "sales", "--item", "workload"];
  const answers = JSON.parse(run(...asked, "--json")) as { answer: string }[];
  const said = answers.map(({ answer }) => answer);
  expect(said).toEqual(["passed", "passed", "passed", "refused", "unasked", "unasked"]);
  expect(run(...asked)).toContain("The role sales does not include");
});
