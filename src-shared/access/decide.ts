import { type Failure, fail } from "../failure.ts";
import { type Level, type NavItem, navMatrix } from "./nav.ts";
import type { App, Viewer } from "./viewer.ts";

/** What someone wants to do: in which app, on which menu item, and how far. */
export interface Wish {
  app: App;
  item?: NavItem;
  level?: "read" | "full";
}

/** The level a viewer's role holds on an item; hidden unless the role says otherwise. */
export const levelOf = (viewer: Viewer, item: NavItem): Level =>
  viewer.role?.levels[item] ?? "hidden";

/** Whether the sidebar of the viewer's subtype has the item at all (PAR-4, PAR-12). */
const inSubtype = ({ tenant }: Viewer, item: NavItem): boolean =>
  navMatrix.some((row) => row.item === item && row.subtype === tenant.subtype);

/**
 * Asks layers 1 to 4 in order: tenant, entitlement, role, permission. Null allows; otherwise the
 * first layer that refuses, and why (AUTH-1, AUTH-2, AUTH-3). Layers 5 and 6 ask about one record
 * and are answered by {@link ./visibility.ts}.
 */
export const decide = (viewer: Viewer, wish: Wish): Failure | null => {
  if (viewer.suspended) return fail("account-suspended", { tenant: viewer.tenant.name });
  if (!viewer.entitlements.includes(wish.app)) {
    return fail("app-not-entitled", { app: wish.app, tenant: viewer.tenant.name });
  }
  if (wish.item === undefined) return null;
  if (!inSubtype(viewer, wish.item)) {
    return fail("not-in-subtype", { item: wish.item, subtype: viewer.tenant.subtype ?? "" });
  }
  if (viewer.role === null) return fail("no-role-in-app", { app: wish.app });
  const held = levelOf(viewer, wish.item);
  if (held === "hidden") {
    return fail("permission-missing", { role: viewer.role.name, item: wish.item });
  }
  if (wish.level === "full" && held !== "full") {
    return fail("permission-read-only", { role: viewer.role.name, item: wish.item });
  }
  return null;
};

/**
 * Layers 1 to 5 for an act that takes `full` on a menu item: also whether a role narrowed to its own
 * visits may decide over others' work. Client and server ask this same one.
 */
export const decideAct = (
  viewer: Viewer,
  act: { permission: NavItem; wholeCoverage?: boolean },
): Failure | null =>
  decide(viewer, { app: "partners", item: act.permission, level: "full" }) ??
  (act.wholeCoverage && viewer.role?.scope === "own-visits"
    ? fail("assign-beyond-scope", { role: viewer.role.name })
    : null);
