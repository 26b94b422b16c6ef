import { levelsOf, type RoleTemplate } from "../access/menu.ts";
import { everywhere } from "../access/scope.ts";
import type { Role, Viewer } from "../access/viewer.ts";

/** A reseller's viewer for tests, with a role in Partners made from a template. */
export const viewerOf = (template: RoleTemplate | null, over: Partial<Viewer> = {}): Viewer => ({
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
  roles: template === null ? {} : { partners: roleOf(template) },
  ...over,
});

/** A role in Partners made from a template and left as it is. */
export const roleOf = (template: RoleTemplate, over: Partial<Role> = {}): Role => ({
  id: "00000000-0000-4000-8000-000000000003",
  name: template,
  template,
  levels: levelsOf(template, { kind: "partner", subtype: "reseller" }, ["partners"]),
  scope: everywhere,
  ...over,
});
