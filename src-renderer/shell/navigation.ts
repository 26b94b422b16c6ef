import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { levelOf } from "#shared/access/decide.ts";
import { type Level, type NavItem, navMatrix } from "#shared/access/nav.ts";
import type { Viewer } from "#shared/access/viewer.ts";

/** The items that stand outside the matrix: everyone of the app has them. */
type OpenItem = "overview" | "attention";

/** A route inside a feature's own; the feature's component shows it with `<Outlet />`, or reads its parameters. */
interface FeatureRoute {
  path: string;
  component: () => ReactNode;
}

/** A built menu item. Each feature folder exports one; `apps/<app>/routes.ts` gathers them. */
export interface Feature {
  /** The row of the matrix that decides who may open it, or an open item. */
  item: NavItem | OpenItem;
  /** Absolute: "/partners/workload". */
  path: string;
  icon: Icon;
  /** A key of `shell.json`. */
  labelKey: `nav.${NavItem | OpenItem}`;
  component: () => ReactNode;
  /** Lists the keys that hold in it, for the list of all keys. */
  keys?: () => ReactNode;
  /** Routes below `path`, relative to it: "$deviceId". The feature stays mounted around them. */
  children?: readonly FeatureRoute[];
  /** Reads the search parameters the feature keeps in the address. */
  validateSearch?: (search: Record<string, unknown>) => Record<string, unknown>;
}

/** The groups of the sidebar, in its order (PAR-12: Sales above Service). */
const navGroups = ["sales", "service", "channel", "program"] as const;
export type NavGroup = (typeof navGroups)[number];

/** An item of the sidebar as one viewer has it. */
export interface NavEntry {
  feature: Feature;
  level: Exclude<Level, "hidden">;
}

/** The sidebar of `viewer`: for each group its built items that are not hidden from it; empty groups fall out. */
export const sidebarOf = (
  viewer: Viewer,
  features: readonly Feature[],
): { group: NavGroup; entries: NavEntry[] }[] =>
  navGroups
    .map((group) => ({
      group,
      entries: navMatrix
        .filter((row) => row.subtype === viewer.tenant.subtype && row.group === group)
        .flatMap((row): NavEntry[] => {
          const feature = features.find((f) => f.item === row.item);
          const level = levelOf(viewer, row.item);
          return feature === undefined || level === "hidden" ? [] : [{ feature, level }];
        }),
    }))
    .filter(({ entries }) => entries.length > 0);
