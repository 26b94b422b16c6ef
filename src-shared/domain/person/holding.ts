import { type App, apps } from "../../access/apps.ts";
import { isFixed, type TenantRole } from "../role/role.ts";
import type { Access, Person } from "./person.ts";

const holds = (id: string | undefined, roles: readonly TenantRole[]): TenantRole | undefined =>
  id === undefined ? undefined : roles.find((role) => role.id === id);

/** Whether someone is an owner of their organisation. */
export const holdsOwner = ({ access }: Person, roles: readonly TenantRole[]): boolean =>
  Object.values(access?.roles ?? {}).some((id) => {
    const role = holds(id, roles);
    return role !== undefined && isFixed(role);
  });

/** What colleagues read of someone's roles: its name, and whether work can be given to them. */
export const titleOf = (
  held: Access["roles"],
  roles: readonly TenantRole[],
): Pick<Person, "roleName" | "takesWork"> => {
  const first = apps.map((app: App) => holds(held[app], roles)).find((role) => role !== undefined);
  const partners = holds(held.partners, roles);
  return {
    roleName: first?.name ?? "",
    takesWork: partners !== undefined && (isFixed(partners) || partners.levels.workload === "full"),
  };
};
