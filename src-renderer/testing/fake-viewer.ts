import type { App, TenantKind } from "#shared/access/apps.ts";
import { levelsOf, type MenuOwner, type RoleTemplate } from "#shared/access/menu.ts";
import type { Subtype } from "#shared/access/nav.ts";
import { everywhere, type Scope } from "#shared/access/scope.ts";
import type { Role, Viewer } from "#shared/access/viewer.ts";
import { fakeId } from "./fake-ids.ts";

/** The account that the fake world is seen by. */
export const ME = "0190a000-0000-7000-8000-000000000001";

/** The partner of the fake world. */
export const TENANT = "0190a000-0000-7000-8000-0000000000aa";

const names: Record<RoleTemplate, string> = {
  owner: "Owner",
  administrator: "Administrator",
  coordinator: "Service coordinator",
  sales: "Sales",
  reader: "Reader",
};

/** The apps an organisation of each kind has, the first its own. */
const appsOf: Record<TenantKind, [App, ...App[]]> = {
  partner: ["partners", "account"],
  customer: ["portal", "account"],
  riversync: ["pipeline", "tenants", "account"],
};

/** The apps in which a template is a role that somebody holds: few run their organisation. */
const reachOf = (template: RoleTemplate, kind: TenantKind): App[] =>
  template === "coordinator" || template === "sales"
    ? appsOf[kind].filter((app) => app !== "account")
    : appsOf[kind];

/** A role of the fake world: each template's, one for every app it reaches. */
export const fakeRole = (template: RoleTemplate, owner: MenuOwner): Role & { apps: App[] } => {
  const reach = reachOf(template, owner.kind);
  const channel = template === "coordinator" && owner.subtype === "distributor";
  return {
    id: fakeId("role", Object.keys(names).indexOf(template)),
    name: channel ? "Channel manager" : names[template],
    template,
    levels: levelsOf(template, owner, reach),
    scope: everywhere,
    apps: reach,
  };
};

const rolesOf = (template: RoleTemplate, owner: MenuOwner): Viewer["roles"] => {
  const { apps, ...role } = fakeRole(template, owner);
  return Object.fromEntries(apps.map((app) => [app, role]));
};

/** A viewer of a partner tenant, by subtype and template, with the template's own levels. */
export const fakeViewer = (
  subtype: Subtype = "reseller",
  template: RoleTemplate = "coordinator",
  change: Partial<Viewer> = {},
): Viewer => ({
  accountId: ME,
  name: "Ploy Siriwan",
  email: "ploy@nera.co.th",
  suspended: false,
  tenant: {
    id: TENANT,
    name: subtype === "reseller" ? "Nera" : "MegaWarehouse",
    kind: "partner",
    subtype,
    tier: subtype === "reseller" ? "gold" : null,
  },
  entitlements: appsOf.partner,
  roles: rolesOf(template, { kind: "partner", subtype }),
  ...change,
});

/** A reseller's coordinator whose role is narrowed to a scope, as a technician's is. */
export const narrowedTo = (scope: Scope): Viewer => {
  const viewer = fakeViewer();
  const { partners } = viewer.roles;
  return { ...viewer, roles: partners ? { partners: { ...partners, scope } } : {} };
};

/** A viewer of a customer or of RiverSync, by template. */
export const fakeOutsider = (kind: "customer" | "riversync", template: RoleTemplate): Viewer => ({
  ...fakeViewer(),
  email: kind === "customer" ? "ploy@siamcold.co.th" : "ploy@riversync.example",
  tenant: {
    // The customer of the fake world that this one is.
    id: kind === "customer" ? fakeId("customer", 2) : fakeId("person", 99),
    name: kind === "customer" ? "Siam Cold Chain" : "RiverSync Co.",
    kind,
    subtype: null,
    tier: null,
  },
  entitlements: appsOf[kind],
  roles: rolesOf(template, { kind, subtype: null }),
});
