import type { DemoRecordOf, DemoTenant } from "./world.ts";

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
  tenants: readonly DemoTenant[],
  people: readonly DemoRecordOf<"person">[],
): DemoAccountLine[] =>
  people.map(({ data: { tenantId, name, roleName, access } }) => ({
    login: access?.email ?? "",
    name,
    tenant: tenants.find((t) => t.id === tenantId)?.name ?? "",
    role: roleName,
  }));
