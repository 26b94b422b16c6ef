import type { DemoWorld } from "./world.ts";

/** The password of every demo account: it opens nothing but invented data. */
export const demoPassword = "riversync-demo";

/** Who one can sign in as. */
export interface DemoAccountLine {
  login: string;
  name: string;
  tenant: string;
  role: string;
}

/** The demo's accounts with their tenant and role, to be printed at start. */
export const demoAccountLines = (
  world: Pick<DemoWorld, "tenants" | "roles" | "accounts">,
): DemoAccountLine[] => {
  const byKind = { partner: "", customer: "Customer administrator", riversync: "RiverSync staff" };
  return world.accounts.map((account) => {
    const tenant = world.tenants.find((t) => t.id === account.tenantId);
    const role = world.roles.find((r) => r.id === account.roleId);
    return {
      login: account.login,
      name: account.name,
      tenant: tenant?.name ?? "",
      role: role?.name ?? byKind[tenant?.kind ?? "partner"],
    };
  });
};
