/** The apps of the shell; the entitlement layer decides which of them an account may open. */
export const apps = ["partners", "portal", "account", "pipeline", "tenants"] as const;
export type App = (typeof apps)[number];

/** What an organisation is. */
export const tenantKinds = ["partner", "customer", "riversync"] as const;
export type TenantKind = (typeof tenantKinds)[number];
