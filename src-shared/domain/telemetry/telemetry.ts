import { z } from "zod";
import { Id, Instant } from "../common.ts";

/** A stretch of one metric of one device, as measured; readings are [ms since epoch, value]. */
export const Telemetry = z.object({
  id: Id,
  customerId: Id,
  deviceId: Id,
  metric: z.string(),
  unit: z.string(),
  from: Instant,
  to: Instant,
  readings: z.array(z.tuple([z.number(), z.number()])),
});
export type Telemetry = z.infer<typeof Telemetry>;
