import { z } from "zod";

/** A record's id: a UUID, v7 where we made it, so that ids sort by the time they were made. */
export const Id = z.uuid();

/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime();

/** A text a person typed: trimmed, bounded, never empty. */
export const Text = (max: number) => z.string().trim().min(1).max(max);

/** Agreement tiers, from the least to the most urgent. */
export const slaTiers = ["essential", "standard", "premium", "critical"] as const;
export const SlaTier = z.enum(slaTiers);
export type SlaTier = z.infer<typeof SlaTier>;

/** Urgency of a ticket, or severity of an alarm; 1 is the most urgent. */
export const Priority = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Priority = z.infer<typeof Priority>;

/**
 * What every piece of work says of where it is: ids to reach the records, names to show and search
 * without reaching them, and the tier its clock runs by.
 */
export const Place = z.object({
  customerId: Id,
  customerName: z.string(),
  deviceId: Id,
  deviceName: z.string(),
  siteName: z.string(),
  region: z.string(),
  tier: SlaTier,
});
export type Place = z.infer<typeof Place>;

/** The place of a device, copied onto a new piece of work. */
export const placeOf = (
  device: Omit<Place, "deviceId" | "deviceName"> & { id: string; name: string },
): Place => ({
  customerId: device.customerId,
  customerName: device.customerName,
  deviceId: device.id,
  deviceName: device.name,
  siteName: device.siteName,
  region: device.region,
  tier: device.tier,
});

/** A remark, kept with its author and the time it was made on the author's device. */
export const Note = z.object({
  id: Id,
  text: z.string(),
  authorId: Id,
  authorName: z.string(),
  at: Instant,
});
export type Note = z.infer<typeof Note>;

/** Adds a remark of the actor to the end of `notes`. */
export const addNote = (
  notes: Note[],
  text: string,
  on: { intentId: string; at: string; actor: { accountId: string; name: string } },
): Note[] => [
  ...notes,
  { id: on.intentId, text, authorId: on.actor.accountId, authorName: on.actor.name, at: on.at },
];

/** A short human number made from an id, the same on every machine, offline too: "T-4K7QZ2". */
export const refOf = (prefix: "T" | "A" | "V", id: string): string => {
  const tail = BigInt(`0x${id.replaceAll("-", "").slice(-8)}`) % 32n ** 6n;
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let code = "";
  for (let n = tail, i = 0; i < 6; i += 1, n /= 32n) code = alphabet.charAt(Number(n % 32n)) + code;
  return `${prefix}-${code}`;
};
