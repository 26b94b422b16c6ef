import { z } from "zod";
import { Id } from "../common.ts";

/** An organisation that owns devices. Its id is its tenant's, and its audit log's. */
export const Customer = z.object({
  id: Id,
  name: z.string(),
  regions: z.array(z.string()),
  address: z.string(),
  contact: z.object({ name: z.string(), phone: z.string() }),
});
export type Customer = z.infer<typeof Customer>;
