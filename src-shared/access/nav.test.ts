import { expect, test } from "vitest";
import { navMatrix, templateLevels } from "./nav.ts";

/** The table of seed 002, as it prints it: item, Administrator, Coordinator / Manager, Sales. */
const printed = `
reseller
Leads | Full | — | Full
Opportunities | Full | — | Full
Deals | Full | — | Full
Quotes | Full | — | Full
Closed | Full | Read | Full
My distributors | Full | Read | Read
Workload | Full | Full | —
Covered devices | Full | Full | Read
Renewals | Full | Read | Full
Tier program | Full | Read | Read
distributor
Deals | Full | — | Full
Quotes | Full | — | Full
Closed | Full | Read | Full
Resellers | Full | Read | Read
Distribution agreements | Full | Read | Read`;

const levels: Record<string, string> = { Full: "full", Read: "read", "—": "hidden" };

const rows = () => {
  let subtype = "";
  return printed
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [item = "", ...cells] = line.split(" | ");
      if (cells.length === 0) {
        subtype = item;
        return [];
      }
      const [administrator, coordinator, sales] = cells.map((cell) => levels[cell]);
      const id = item.toLowerCase().replaceAll(" ", "-");
      return [{ subtype, item: id, administrator, coordinator, sales }];
    });
};

test("[nav] the matrix is the table of seed 002, row by row", () => {
  const ours = navMatrix.map(({ group: _group, ...row }) => row);
  const byKey = (a: { subtype: string; item: string }, b: { subtype: string; item: string }) =>
    `${a.subtype}${a.item}`.localeCompare(`${b.subtype}${b.item}`);
  expect([...ours].sort(byKey)).toEqual(rows().sort(byKey));
});

test("[PAR-4] a distributor has no tier program, and no service", () => {
  const administrator = templateLevels("distributor", "administrator");
  expect(administrator).not.toHaveProperty("tier-program");
  expect(administrator).not.toHaveProperty("workload");
  expect(administrator).not.toHaveProperty("covered-devices");
});
