import { expect, test } from "vitest";
import type { Device } from "#shared/domain/device/device.ts";
import { chosenOf, toggled, treeOf } from "./tree.ts";

const device = (id: string, region: string, siteName: string) =>
  ({ id, region, siteName, name: `Pump ${id}`, model: "HP-75", serial: `RS-${id}` }) as Device;
const devices = [
  device("1", "South", "Weir"),
  device("2", "North", "Weir"),
  device("3", "North", "Store"),
];

test("[PRT-3] the tree goes as deep as the width, region by region", () => {
  const labels = (width: "regions" | "sites" | "devices") =>
    treeOf(devices, width, "").map(({ label }) => label);
  expect(labels("regions")).toEqual(["North", "South"]);
  expect(labels("sites")).toEqual(["North", "Store", "Weir", "South", "Weir"]);
  expect(labels("devices")).toContain("Pump 3");
});

test("[PRT-3] a search leaves what fits and what stands around it", () => {
  expect(treeOf(devices, "devices", "rs-3").map(({ label }) => label)).toEqual([
    "North",
    "Store",
    "Pump 3",
  ]);
});

test("[PRT-3] a row takes all below it, and gives all of it back", () => {
  const [north] = treeOf(devices, "devices", "");
  if (north === undefined) throw new Error("no region");
  expect(chosenOf(north, new Set(["2"]))).toBe("some");
  const chosen = toggled(north, ["2", "1"]);
  expect(new Set(chosen)).toEqual(new Set(["1", "2", "3"]));
  expect(toggled(north, chosen)).toEqual(["1"]);
});
