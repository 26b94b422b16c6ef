import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { type App, apps } from "#shared/access/apps.ts";
import { homeOf, levelOf } from "#shared/access/layers.ts";
import { appOf, type Item, type MenuRow, menuOf } from "#shared/access/menu.ts";
import type { Level } from "#shared/access/nav.ts";
import type { Viewer } from "#shared/access/viewer.ts";

/** The items outside the menu, which need no permission, and the app of each; null stands in all. */
export const openItems = {
  overview: "partners",
  "portal-overview": "portal",
  profile: "account",
  attention: null,
} as const satisfies Record<string, App | null>;
export type OpenItem = keyof typeof openItems;

/** Whether an item needs no permission. */
export const isOpen = (item: Item | OpenItem): item is OpenItem => Object.hasOwn(openItems, item);

/** The app an item stands in, or null where it stands in every one. */
export const appOfItem = (item: Item | OpenItem): App | null =>
  isOpen(item) ? openItems[item] : appOf(item);

/** A route inside a feature's own; the feature's component shows it with `<Outlet />`, or reads its parameters. */
interface FeatureRoute {
  path: string;
  component: () => ReactNode;
}

/** A built menu item. Each feature folder exports one; `apps/<app>/routes.ts` gathers them. */
export interface Feature {
  /** The item of the menu that decides who may open it, or an open item. */
  item: Item | OpenItem;
  /** Absolute, and below its app: "/partners/workload". */
  path: string;
  icon: Icon;
  /** A key of `shell.json`. */
  labelKey: `nav.${Item | OpenItem}`;
  component: () => ReactNode;
  /** Lists the keys that hold in it, for the list of all keys. */
  keys?: () => ReactNode;
  /** Routes below `path`, relative to it: "$deviceId". The feature stays mounted around them. */
  children?: readonly FeatureRoute[];
  /** Reads the search parameters the feature keeps in the address. */
  validateSearch?: (search: Record<string, unknown>) => Record<string, unknown>;
}

/** An item of the sidebar as one viewer has it. */
export interface NavEntry {
  feature: Feature;
  level: Exclude<Level, "hidden">;
}

/** The groups of an app's sidebar, in its order (PAR-12: Sales above Service). */
const groupsOf = (rows: readonly MenuRow[]): string[] => [...new Set(rows.map((r) => r.group))];

/**
 * The sidebar of an app as `viewer` has it: for each group its built items that are not hidden;
 * empty groups fall out.
 */
export const sidebarOf = (
  viewer: Viewer,
  app: App,
  features: readonly Feature[],
): { group: string; entries: NavEntry[] }[] => {
  const rows = menuOf(viewer.tenant, app);
  return groupsOf(rows)
    .map((group) => ({
      group,
      entries: rows
        .filter((row) => row.group === group)
        .flatMap((row): NavEntry[] => {
          const feature = features.find((f) => f.item === row.item);
          const level = levelOf(viewer, row.item);
          return feature === undefined || level === "hidden" ? [] : [{ feature, level }];
        }),
    }))
    .filter(({ entries }) => entries.length > 0);
};

/** The app an address lies in, or null where it lies in none. */
export const appAt = (path: string): App | null =>
  apps.find((app) => path.split("/")[1] === app) ?? null;

/** Where an app begins: its open item, else the first built of it; null where nothing is built. */
export const startOf = (app: App, features: readonly Feature[]): string | null => {
  const own = features.filter(({ item }) => appOfItem(item) === app);
  return (own.find(({ item }) => isOpen(item)) ?? own[0])?.path ?? null;
};

/** Where a viewer's day begins: its own app, built or not. */
export const homePath = (viewer: Viewer, features: readonly Feature[]): string =>
  startOf(homeOf(viewer), features) ?? `/${homeOf(viewer)}`;
