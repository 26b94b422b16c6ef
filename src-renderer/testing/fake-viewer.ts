import { type Subtype, type Template, templateLevels } from "#shared/access/nav.ts";
import type { Viewer } from "#shared/access/viewer.ts";

/** The account that the fake world is seen by. */
export const ME = "0190a000-0000-7000-8000-000000000001";

const roleNames: Record<Subtype, Record<Template, string>> = {
  reseller: {
    administrator: "Administrator",
    coordinator: "Service coordinator",
    sales: "Sales",
  },
  distributor: {
    administrator: "Administrator",
    coordinator: "Channel manager",
    sales: "Sales",
  },
};

/** A viewer of a partner tenant, by subtype and template, with the matrix's own levels. */
export const fakeViewer = (
  subtype: Subtype = "reseller",
  template: Template = "coordinator",
  change: Partial<Viewer> = {},
): Viewer => ({
  accountId: ME,
  name: "Ploy Siriwan",
  email: "ploy@nera.co.th",
  suspended: false,
  tenant: {
    id: "0190a000-0000-7000-8000-0000000000aa",
    name: subtype === "reseller" ? "Nera" : "MegaWarehouse",
    kind: "partner",
    subtype,
    tier: subtype === "reseller" ? "gold" : null,
  },
  entitlements: ["partners", "account"],
  role: {
    id: "0190a000-0000-7000-8000-0000000000bb",
    name: roleNames[subtype][template],
    template,
    levels: templateLevels(subtype, template),
    scope: "coverage",
  },
  ...change,
});
