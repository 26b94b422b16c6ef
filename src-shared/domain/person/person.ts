import { z } from "zod";
import { Id } from "../common.ts";

/** A colleague, as the people of one tenant see each other. */
export const Person = z.object({
  id: Id,
  tenantId: Id,
  name: z.string(),
  roleName: z.string(),
  /** Whether visits and tickets can be given to them. */
  takesWork: z.boolean(),
});
export type Person = z.infer<typeof Person>;
