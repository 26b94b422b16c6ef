import { z } from "zod";
import { Id, Instant, Place, Priority } from "../common.ts";
import type { Moves } from "../machine.ts";

/** Where an alarm can stand. */
export const alarmStates = ["active", "acknowledged", "cleared"] as const;
export type AlarmState = (typeof alarmStates)[number];

/** How an alarm moves; clearing is the device's own doing. */
export const alarmMoves = {
  acknowledge: { from: ["active"], to: "acknowledged" },
} as const satisfies Moves<AlarmState>;

/** What a device reported by itself: a rule it broke, or a reading outside its bounds. */
export const Alarm = Place.extend({
  id: Id,
  ref: z.string(),
  rule: z.string(),
  title: z.string(),
  severity: Priority,
  metric: z.string().nullable(),
  value: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  status: z.enum(alarmStates),
  raisedAt: Instant,
  clearedAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  comment: z.string().nullable(),
});
export type Alarm = z.infer<typeof Alarm>;
