import type { App } from "#shared/access/apps.ts";
import { type MenuOwner, type MenuRow, menuOf } from "#shared/access/menu.ts";
import { type Level, levels } from "#shared/access/nav.ts";
import { levelsHeld, type TenantRole } from "#shared/domain/role/role.ts";

/** The items of one group of one app: a block of rows of the matrix. */
export interface Block {
  app: App;
  group: string;
  rows: readonly MenuRow[];
}

/** The rows of the matrix, in the order of the sidebars, by app and group. */
export const blocksOf = (owner: MenuOwner, apps: readonly App[]): Block[] =>
  apps.flatMap((app) => {
    const rows = menuOf(owner, app);
    const groups = [...new Set(rows.map(({ group }) => group))];
    return groups.map((group) => ({ app, group, rows: rows.filter((r) => r.group === group) }));
  });

/** What a role may do with an item, and what its template would give. */
export interface Cell {
  level: Level;
  usual: Level;
  /** Whether the role can be granted in the item's app at all. */
  reached: boolean;
}

/** The cell of a role in a row of the matrix. */
export const cellOf = (role: TenantRole, row: MenuRow, owner: MenuOwner): Cell => ({
  level: levelsHeld(role, owner)[row.item] ?? "hidden",
  usual: row.levels[role.template],
  reached: role.apps.includes(row.app),
});

/** The level after one, round and round: full, read, hidden. */
const levelAfter = (level: Level): Level =>
  levels[(levels.indexOf(level) + 1) % levels.length] ?? "hidden";

/** The level a key means, or null where it means none: F, R, H, or on from the one there is. */
export const levelOfKey = (key: string, from: Level): Level | null => {
  if (key === "Enter" || key === " ") return levelAfter(from);
  return levels.find((level) => level.startsWith(key)) ?? null;
};

/** Where a key leads in a matrix of so many rows and columns, or null where it leads nowhere. */
export const placeAfter = (
  key: string,
  [row, column]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): [number, number] | null => {
  const inside = (r: number, c: number): [number, number] => [
    Math.min(rows - 1, Math.max(0, r)),
    Math.min(columns - 1, Math.max(0, c)),
  ];
  switch (key) {
    case "ArrowUp":
      return inside(row - 1, column);
    case "ArrowDown":
      return inside(row + 1, column);
    case "ArrowLeft":
      return inside(row, column - 1);
    case "ArrowRight":
      return inside(row, column + 1);
    case "Home":
      return inside(row, 0);
    case "End":
      return inside(row, columns - 1);
    case "PageUp":
      return inside(0, column);
    case "PageDown":
      return inside(rows - 1, column);
    default:
      return null;
  }
};
