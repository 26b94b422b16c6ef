import { decide } from "#shared/access/decide.ts";
import type { Wish } from "#shared/access/layers.ts";
import { appOf, type Item, items } from "#shared/access/menu.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Failure } from "#shared/failure.ts";
import { type Feature, isOpen, openItems } from "./navigation.ts";

/**
 * What someone wishes who opens an item. One's own profile and what needs attention are everyone's,
 * whatever apps and roles they have.
 */
export const wishOf = (item: Feature["item"]): Wish => {
  if (!isOpen(item)) return { item };
  const app = openItems[item];
  return app === null || app === "account" ? {} : { app };
};

/** Why `viewer` may not open an item, or null where it may (nav, PAR-5, PAR-12). */
export const refusalOf = (viewer: Viewer, item: Feature["item"]): Failure | null =>
  decide(viewer, wishOf(item));

/** The items whose address is not their name. */
const addresses: Partial<Record<string, Item>> = {
  "/partners/devices": "covered-devices",
  "/portal/devices": "my-devices",
  "/portal/partners": "my-partners",
  "/portal/audit": "audit-log",
  "/account/log": "organisation-log",
};

/** The item an address means, built or not, so that it is told from a typing error; else null. */
export const itemAt = (path: string): Item | null => {
  const [, app, page] = path.split("/");
  return (
    addresses[`/${app}/${page}`] ??
    items.find((item) => item === page && appOf(item) === app) ??
    null
  );
};

/** A distributor has no tier program; a direct visit leads to Overview (PAR-4). */
export const leadsToOverview = (viewer: Viewer, item: Feature["item"]): boolean =>
  item === "tier-program" && viewer.tenant.subtype === "distributor";
