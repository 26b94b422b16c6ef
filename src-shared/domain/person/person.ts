import { z } from "zod";
import { apps } from "../../access/apps.ts";
import { Scope } from "../../access/scope.ts";
import { Id, Instant } from "../common.ts";

/** Where someone stands in an organisation, from the invitation on. */
export const personStates = ["invited", "active", "suspended", "withdrawn"] as const;

/**
 * Who someone is to those who run an organisation: one role per app (AUTH-1), narrowed by a scope of
 * their own (FED-10). What proves an invitation is kept as its hash, and never leaves the server.
 */
export const Access = z.object({
  email: z.string(),
  locale: z.enum(["en", "th"]),
  status: z.enum(personStates),
  roles: z.partialRecord(z.enum(apps), Id),
  scope: Scope.nullable(),
  invitedBy: z.string(),
  invitedAt: Instant.nullable(),
  inviteUntil: Instant.nullable(),
  /** SHA-256 of the invitation's secret, hexadecimal. */
  inviteHash: z.string().nullable().optional(),
});
export type Access = z.infer<typeof Access>;

/** A colleague, as the people of one tenant see each other; `access` is for those who run it (S8). */
export const Person = z.object({
  id: Id,
  tenantId: Id,
  name: z.string(),
  roleName: z.string(),
  /** Whether visits and tickets can be given to them. */
  takesWork: z.boolean(),
  access: Access.optional(),
});
export type Person = z.infer<typeof Person>;
