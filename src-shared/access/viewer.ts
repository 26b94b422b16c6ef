import { z } from "zod";
import { Id } from "../domain/common.ts";
import { apps, tenantKinds } from "./apps.ts";
import { items, roleTemplates } from "./menu.ts";
import { levels, subtypes } from "./nav.ts";
import { Scope } from "./scope.ts";

export const App = z.enum(apps);
export type App = z.infer<typeof App>;

const Item = z.enum(items);
const Level = z.enum(levels);

/**
 * A role as its holder has it in one app, as data: made from a template, its levels its own, its
 * scope that of the role narrowed by what was set for the holder (FED-10).
 */
export const Role = z.object({
  id: Id,
  name: z.string(),
  template: z.enum(roleTemplates),
  levels: z.partialRecord(Item, Level),
  scope: Scope,
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
    kind: z.enum(tenantKinds),
    subtype: z.enum(subtypes).nullable(),
    tier: z.enum(["authorized", "gold", "platinum"]).nullable(),
  }),
  entitlements: z.array(App),
  /** App → the one role held in it (AUTH-1). */
  roles: z.partialRecord(App, Role),
});
export type Viewer = z.infer<typeof Viewer>;
