import { z } from "zod";
import { Id, Instant, SlaTier } from "../common.ts";

/** A service agreement: one partner services named devices of one customer, at a tier, for a time. */
export const Agreement = z.object({
  id: Id,
  number: z.string(),
  customerId: Id,
  customerName: z.string(),
  partnerId: Id,
  tier: SlaTier,
  deviceIds: z.array(Id),
  startsAt: Instant,
  endsAt: Instant,
  status: z.enum(["active", "terminated"]),
  /** Who covers the devices afterwards, where that is already decided (PAR-3). */
  successor: z.object({ partnerName: z.string(), at: Instant }).nullable(),
});
export type Agreement = z.infer<typeof Agreement>;
