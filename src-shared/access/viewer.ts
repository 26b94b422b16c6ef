import { z } from "zod";
import { Id } from "../domain/common.ts";
import { type NavItem, navItems, subtypes, templates } from "./nav.ts";

/** The apps of the shell; the entitlement layer decides which of them an account may open. */
const apps = ["partners", "portal", "account", "pipeline", "tenants"] as const;
export const App = z.enum(apps);
export type App = z.infer<typeof App>;

const item = z.enum(navItems as [NavItem, ...NavItem[]]);

/**
 * A role in the Partners app, as data: made from a template, its levels its own, its scope the
 * whole coverage of the tenant or only the holder's visits and the devices on them.
 */
export const Role = z.object({
  id: Id,
  name: z.string(),
  template: z.enum(templates),
  levels: z.partialRecord(item, z.enum(["full", "read", "hidden"])),
  scope: z.enum(["coverage", "own-visits"]),
});
export type Role = z.infer<typeof Role>;

/** Everything the six layers need to know of who is looking; made by the server alone. */
export const Viewer = z.object({
  accountId: Id,
  name: z.string(),
  email: z.string(),
  suspended: z.boolean(),
  tenant: z.object({
    id: Id,
    name: z.string(),
    kind: z.enum(["partner", "customer", "riversync"]),
    subtype: z.enum(subtypes).nullable(),
    tier: z.enum(["authorized", "gold", "platinum"]).nullable(),
  }),
  entitlements: z.array(App),
  role: Role.nullable(),
});
export type Viewer = z.infer<typeof Viewer>;
