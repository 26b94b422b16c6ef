import { type Failure, fail } from "../failure.ts";
import type { TenantKind } from "./apps.ts";
import { agreementsAt, type DeviceFacts, grantsAt } from "./device-facts.ts";
import { appOf, type Item, menuOf } from "./menu.ts";
import type { Level } from "./nav.ts";
import { everywhere, inScope, type Scope } from "./scope.ts";
import type { App, Role, Viewer } from "./viewer.ts";

/** What someone wants: an app, or something on an item of one, how far, and on which device. */
export interface Wish {
  /** Taken from `item` where that is named. */
  app?: App;
  item?: Item;
  /** "read" where nothing is said. */
  level?: "read" | "full";
  /** Whether it decides over others' work, which a role narrowed to its own visits may not. */
  wholeCoverage?: boolean;
  /** The device it is about, with what is known of it, at the instant `at`. */
  on?: { facts: DeviceFacts; at: string };
}

/** The six layers of federation, in the order they are asked (seed 001). */
export const accessLayers = [
  "tenant",
  "entitlement",
  "role",
  "permission",
  "scope",
  "cross-tenant",
] as const;
export type AccessLayer = (typeof accessLayers)[number];

/** The app in which an organisation of each kind works on records. */
const homes: Record<TenantKind, App> = {
  partner: "partners",
  customer: "portal",
  riversync: "pipeline",
};

/** The app in which the viewer's organisation works on records. */
export const homeOf = ({ tenant }: Viewer): App => homes[tenant.kind];

/** The role a viewer holds in the app of an item, or null. */
const roleFor = (viewer: Viewer, item: Item): Role | null => viewer.roles[appOf(item)] ?? null;

/** The level a viewer's role holds on an item; hidden unless the role says otherwise. */
export const levelOf = (viewer: Viewer, item: Item): Level =>
  roleFor(viewer, item)?.levels[item] ?? "hidden";

/** Where a viewer's permissions apply: the scope of its role in the app where records are worked on. */
export const scopeOf = (viewer: Viewer): Scope => viewer.roles[homeOf(viewer)]?.scope ?? everywhere;

type Ask = (viewer: Viewer, wish: Wish) => Failure | null;

const appWished = ({ app, item }: Wish): App | undefined =>
  item === undefined ? app : appOf(item);

/** The organisation has the app, and this item of it is another's: another subtype's, or kind's (PAR-4, PAR-12). */
const anothers = (owner: Viewer["tenant"], item: Item): boolean => {
  const own = menuOf({ kind: owner.kind, subtype: owner.subtype }, appOf(item));
  return own.length > 0 && !own.some((row) => row.item === item);
};

/** What each layer refuses: null where it lets pass. */
export const ask: Record<AccessLayer, Ask> = {
  tenant: ({ suspended, tenant }, { item }) => {
    if (suspended) return fail("account-suspended", { tenant: tenant.name });
    return item !== undefined && anothers(tenant, item)
      ? fail("not-in-subtype", { item, subtype: tenant.subtype ?? "" })
      : null;
  },

  entitlement: ({ entitlements, tenant }, wish) => {
    const app = appWished(wish);
    return app === undefined || entitlements.includes(app)
      ? null
      : fail("app-not-entitled", { app, tenant: tenant.name });
  },

  role: (viewer, { item }) =>
    item === undefined || roleFor(viewer, item) !== null
      ? null
      : fail("no-role-in-app", { app: appOf(item) }),

  permission: (viewer, { item, level = "read" }) => {
    if (item === undefined) return null;
    const held = levelOf(viewer, item);
    const role = roleFor(viewer, item)?.name ?? "";
    if (held === "hidden") return fail("permission-missing", { role, item });
    return level === "full" && held !== "full"
      ? fail("permission-read-only", { role, item })
      : null;
  },

  scope: (viewer, { wholeCoverage, on }) => {
    const scope = scopeOf(viewer);
    if (wholeCoverage && scope.ownVisits) {
      return fail("assign-beyond-scope", { role: viewer.roles[homeOf(viewer)]?.name ?? "" });
    }
    return on && !inScope(scope, on.facts.device, on.facts.ownVisit) ? fail("outside-scope") : null;
  },

  "cross-tenant": ({ tenant }, { on }) => {
    if (on === undefined || on.facts.device.customerId === tenant.id) return null;
    if (agreementsAt(on.facts, on.at).length === 0) return fail("not-covered");
    return grantsAt(on.facts, on.at).length === 0 ? fail("not-granted") : null;
  },
};
