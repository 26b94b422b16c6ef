import type { Device } from "#shared/domain/device/device.ts";
import { siteKey, type Width } from "./reach.ts";

/** A row of the tree somebody chooses from: a region, a site or a device. */
export interface TreeRow {
  key: string;
  label: string;
  /** What stands small beside the label. */
  about: string;
  /** 0 for the outermost. */
  depth: number;
  /** How many devices it stands for; null for a device. */
  count: number | null;
  /** What choosing it chooses, in the words of the width: regions, keys of sites, or devices. */
  leaves: readonly string[];
}

const grouped = <K extends string>(
  devices: readonly Device[],
  keyOf: (device: Device) => K,
): [K, Device[]][] => {
  const groups = new Map<K, Device[]>();
  for (const device of devices) {
    const key = keyOf(device);
    groups.set(key, [...(groups.get(key) ?? []), device]);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b));
};

const leafOf = (width: Width, device: Device): string =>
  width === "regions" ? device.region : width === "sites" ? siteKey(device) : device.id;

const fits = ({ name, serial, model, siteName, region }: Device, wanted: string): boolean =>
  [name, serial, model, siteName, region].some((text) => text.toLowerCase().includes(wanted));

/** The tree to choose from at a width, as far as a search leaves it, the outer rows before theirs. */
export const treeOf = (devices: readonly Device[], width: Width, search: string): TreeRow[] => {
  const wanted = search.trim().toLowerCase();
  const left = devices.filter((device) => fits(device, wanted));
  const row = (key: string, label: string, depth: number, held: Device[]): TreeRow => ({
    ...{ key, label, depth, about: "", count: held.length },
    leaves: [...new Set(held.map((device) => leafOf(width, device)))],
  });
  return grouped(left, ({ region }) => region).flatMap(([region, inRegion]) => [
    row(`region:${region}`, region, 0, inRegion),
    ...(width === "regions" ? [] : grouped(inRegion, siteKey)).flatMap(([key, onSite]) => [
      row(`site:${key}`, onSite[0]?.siteName ?? "", 1, onSite),
      ...(width === "sites" ? [] : onSite).map(
        (device): TreeRow => ({
          ...{ key: device.id, label: device.name, depth: 2, count: null },
          ...{ about: `${device.model} · ${device.serial}`, leaves: [device.id] },
        }),
      ),
    ]),
  ]);
};

/** Whether all, some or none of a row is chosen. */
export const chosenOf = (row: TreeRow, chosen: ReadonlySet<string>): "all" | "some" | "none" => {
  const held = row.leaves.filter((leaf) => chosen.has(leaf)).length;
  return held === 0 ? "none" : held === row.leaves.length ? "all" : "some";
};

/** What is chosen once a row is toggled: all of it, or nothing of it where all was. */
export const toggled = (row: TreeRow, chosen: readonly string[]): string[] => {
  const without = chosen.filter((leaf) => !row.leaves.includes(leaf));
  return chosenOf(row, new Set(chosen)) === "all" ? without : [...without, ...row.leaves];
};
