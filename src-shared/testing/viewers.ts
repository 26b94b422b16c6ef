import { type Template, templateLevels } from "../access/nav.ts";
import type { Role, Viewer } from "../access/viewer.ts";

/** A reseller's viewer for tests, with a role made from a template. */
export const viewerOf = (template: Template | null, over: Partial<Viewer> = {}): Viewer => ({
  accountId: "00000000-0000-4000-8000-000000000001",
  name: "Nok",
  email: "nok@example.org",
  suspended: false,
  tenant: {
    id: "00000000-0000-4000-8000-000000000002",
    name: "Nera",
    kind: "partner",
    subtype: "reseller",
    tier: "gold",
  },
  entitlements: ["partners", "account"],
  role: template === null ? null : roleOf(template),
  ...over,
});

/** A role made from a template and left as it is. */
export const roleOf = (template: Template, over: Partial<Role> = {}): Role => ({
  id: "00000000-0000-4000-8000-000000000003",
  name: template,
  template,
  levels: templateLevels("reseller", template),
  scope: "coverage",
  ...over,
});
