import { z } from "zod";
import { subtypes } from "../../access/nav.ts";
import { Id } from "../common.ts";

/** A partner of RiverSync, as its customers find it when they grant access. */
export const Partner = z.object({
  id: Id,
  tenantId: Id,
  name: z.string(),
  subtype: z.enum(subtypes),
});
export type Partner = z.infer<typeof Partner>;
