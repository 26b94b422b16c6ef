import { z } from "zod";
import { apps } from "../../access/apps.ts";
import { items, type Levels, levelsOf, type MenuOwner, roleTemplates } from "../../access/menu.ts";
import { levels } from "../../access/nav.ts";
import { Scope } from "../../access/scope.ts";
import { Id, Text } from "../common.ts";

/** What a role is called. */
export const RoleName = Text(60);

/** The apps in which a role may be granted; at least one. */
export const Reach = z.array(z.enum(apps)).min(1).max(apps.length);

/**
 * A role of an organisation's own set (FED-6…8): made from a template, granted in the apps it
 * reaches, its powers set on the permission matrix and never by whoever grants it (WF-8). The owner's
 * is fixed: everything, everywhere.
 */
export const TenantRole = z.object({
  id: Id,
  tenantId: Id,
  name: z.string(),
  template: z.enum(roleTemplates),
  apps: Reach,
  levels: z.partialRecord(z.enum(items), z.enum(levels)),
  scope: Scope,
  status: z.enum(["active", "removed"]),
});
export type TenantRole = z.infer<typeof TenantRole>;

/** Whether a role is the owner's, which nobody can change. */
export const isFixed = ({ template }: Pick<TenantRole, "template">): boolean =>
  template === "owner";

/** What a role gives in an organisation: its own levels, of the owner's everything there is. */
export const levelsHeld = (
  role: Pick<TenantRole, "template" | "levels" | "apps">,
  owner: MenuOwner,
): Levels => (isFixed(role) ? levelsOf("owner", owner, role.apps) : role.levels);
