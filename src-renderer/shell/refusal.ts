import { decide } from "#shared/access/decide.ts";
import { type NavItem, navItems } from "#shared/access/nav.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Failure } from "#shared/failure.ts";
import type { Feature } from "./navigation.ts";

/** Why `viewer` may not open an item of Partners, or null where it may (nav, PAR-5, PAR-12). */
export const refusalOf = (viewer: Viewer, item: Feature["item"]): Failure | null => {
  if (item === "overview" || item === "attention") return decide(viewer, { app: "partners" });
  return decide(viewer, { app: "partners", item });
};

/** Where each item lives, built or not, so that a direct visit to it can be told from a typing error. */
const addresses: Partial<Record<string, NavItem>> = { devices: "covered-devices" };

/** The item an address means, or null where it means none. */
export const itemAt = (path: string): NavItem | null => {
  const [, app, page] = path.split("/");
  if (app !== "partners" || page === undefined) return null;
  return addresses[page] ?? navItems.find((item) => item === page) ?? null;
};

/** A distributor has no tier program; a direct visit leads to Overview (PAR-4). */
export const leadsToOverview = (viewer: Viewer, item: Feature["item"]): boolean =>
  item === "tier-program" && viewer.tenant.subtype === "distributor";
