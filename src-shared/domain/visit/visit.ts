import { z } from "zod";
import { Id, Instant, Note, Place } from "../common.ts";
import type { Moves } from "../machine.ts";
import { Attachment } from "./attachment.ts";

/** Where a visit can stand. */
export const visitStates = [
  "scheduled",
  "travelling",
  "on-site",
  "completed",
  "cancelled",
] as const;
export type VisitState = (typeof visitStates)[number];

/** How a visit moves. Travel may be skipped by someone who is already there. */
export const visitMoves = {
  assign: { from: ["scheduled"], to: "scheduled" },
  "start-travel": { from: ["scheduled"], to: "travelling" },
  arrive: { from: ["scheduled", "travelling"], to: "on-site" },
  check: { from: ["on-site"], to: "on-site" },
  complete: { from: ["on-site"], to: "completed" },
} as const satisfies Moves<VisitState>;

/** Where files may be added and taken away: until it is over. */
export const visitOpen = ["scheduled", "travelling", "on-site"] as const satisfies VisitState[];

/** One thing to do on site; a required one holds up completion. */
export const ChecklistItem = z.object({
  id: Id,
  text: z.string(),
  required: z.boolean(),
  done: z.boolean(),
  doneAt: Instant.nullable(),
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

/** Someone's time at a device: planned in a window, worked, and reported. */
export const Visit = Place.extend({
  id: Id,
  ref: z.string(),
  partnerId: Id,
  title: z.string(),
  purpose: z.enum(["preventive", "corrective"]),
  ticketId: Id.nullable(),
  status: z.enum(visitStates),
  assigneeId: Id.nullable(),
  assigneeName: z.string().nullable(),
  windowStart: Instant,
  windowEnd: Instant,
  checklist: z.array(ChecklistItem),
  travelStartedAt: Instant.nullable(),
  arrivedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  outcome: z.enum(["done", "follow-up-needed", "not-possible"]).nullable(),
  summary: z.string().nullable(),
  labourMinutes: z.int().nullable(),
  notes: z.array(Note),
  /** Absent from records that were stored before there were any; read it by `attachmentsOf`. */
  attachments: z.array(Attachment).optional(),
});
export type Visit = z.infer<typeof Visit>;
