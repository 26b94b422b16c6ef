import { z } from "zod";
import { Id, Instant } from "../common.ts";

/**
 * What a customer lets a partner see (layer 6): regions, sites and devices, where an empty list means
 * all of them, telemetry or not, and until when.
 */
export const Grant = z.object({
  id: Id,
  customerId: Id,
  customerName: z.string(),
  partnerId: Id,
  regions: z.array(z.string()),
  /** Names of sites; absent means all. */
  sites: z.array(z.string()).optional(),
  deviceIds: z.array(Id),
  telemetry: z.boolean(),
  until: Instant,
  status: z.enum(["active", "withdrawn"]),
});
export type Grant = z.infer<typeof Grant>;
