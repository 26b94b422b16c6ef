import { describe, expect, test } from "vitest";
import { printedMatrix, sorted } from "../testing/printed-matrix.ts";
import { apps } from "./apps.ts";
import { appOf, items, levelsOf, menu, menuOf, roleTemplates } from "./menu.ts";
import { navMatrix, templateLevels } from "./nav.ts";

test("[nav] the matrix is the table of seed 002, row by row", () => {
  expect(sorted(navMatrix)).toEqual(sorted(printedMatrix()));
});

test("[PAR-12] Sales stands above Service, and the partner network in a group of its own", () => {
  const groups = (subtype: "reseller" | "distributor") => [
    ...new Set(menuOf({ kind: "partner", subtype }, "partners").map(({ group }) => group)),
  ];
  expect(groups("reseller")).toEqual(["sales", "service", "channel", "program"]);
  expect(groups("distributor")).toEqual(["sales", "channel"]);
});

test("[PAR-4] a distributor has no tier program, and no service", () => {
  const administrator = templateLevels("distributor", "administrator");
  expect(administrator).not.toHaveProperty("tier-program");
  expect(administrator).not.toHaveProperty("workload");
  expect(administrator).not.toHaveProperty("covered-devices");
});

describe("the menu of every app", () => {
  const owners = [
    { kind: "partner", subtype: "reseller" },
    { kind: "partner", subtype: "distributor" },
    { kind: "customer", subtype: null },
    { kind: "riversync", subtype: null },
  ] as const;

  test("an item belongs to one app, whoever has it", () => {
    for (const item of items) {
      const of = new Set(menu.filter((row) => row.item === item).map(({ app }) => app));
      expect([item, ...of]).toEqual([item, appOf(item)]);
    }
  });

  test("no organisation has an item twice, and each item a level in every template", () => {
    for (const owner of owners) {
      const rows = menuOf(owner);
      expect(new Set(rows.map(({ item }) => item)).size).toBe(rows.length);
      for (const { levels } of rows) {
        expect(Object.keys(levels).sort()).toEqual([...roleTemplates].sort());
      }
    }
  });

  test("[PAR-5] Partners is a partner's alone, Portal a customer's", () => {
    for (const { kind } of menu.filter(({ app }) => app === "partners")) {
      expect(kind).toBe("partner");
    }
    for (const { kind } of menu.filter(({ app }) => app === "portal"))
      expect(kind).toBe("customer");
  });

  test("[FED-7] the owner has everything in full, a reader looks at everything", () => {
    for (const owner of owners) {
      const all = menuOf(owner).map(({ item }) => item);
      expect(levelsOf("owner", owner)).toEqual(Object.fromEntries(all.map((i) => [i, "full"])));
      expect(levelsOf("reader", owner)).toEqual(Object.fromEntries(all.map((i) => [i, "read"])));
    }
  });

  test("[FED-6] a role gives nothing outside the apps it reaches", () => {
    for (const owner of owners) {
      for (const app of apps) {
        const given = Object.keys(levelsOf("owner", owner, [app]));
        expect(given.map((item) => appOf(item as (typeof items)[number]))).toEqual(
          given.map(() => app),
        );
      }
    }
  });
});
