import { z } from "zod";
import { Id, Instant, SlaTier } from "../common.ts";

/** Above or below what a reading raises an alarm. */
export const Threshold = z.object({
  metric: z.string(),
  unit: z.string(),
  high: z.number().nullable(),
  low: z.number().nullable(),
});
export type Threshold = z.infer<typeof Threshold>;

/** A device RiverSync sold: owned by one customer, standing at one site of one region. */
export const Device = z.object({
  id: Id,
  customerId: Id,
  customerName: z.string(),
  name: z.string(),
  model: z.string(),
  serial: z.string(),
  type: z.enum(["chiller", "sensor-station", "pump", "river-gauge"]),
  siteName: z.string(),
  region: z.string(),
  /** The tier of the agreement in force on it: what its work is ordered by (PAR-2). */
  tier: SlaTier,
  installedAt: Instant,
  components: z.array(z.string()),
  thresholds: z.array(Threshold),
});
export type Device = z.infer<typeof Device>;
