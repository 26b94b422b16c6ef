import { z } from "zod";
import { Id, Instant, Note, Place, Priority } from "../common.ts";
import type { Moves } from "../machine.ts";

/** Where a ticket can stand. */
export const ticketStates = ["new", "assigned", "resolved"] as const;
export type TicketState = (typeof ticketStates)[number];

/** How a ticket moves, and from where. */
export const ticketMoves = {
  take: { from: ["new", "assigned"], to: "assigned" },
  assign: { from: ["new", "assigned"], to: "assigned" },
  resolve: { from: ["assigned"], to: "resolved" },
  reopen: { from: ["resolved"], to: "new" },
} as const satisfies Moves<TicketState>;

/** A fault to be put right on one device. */
export const Ticket = Place.extend({
  id: Id,
  ref: z.string(),
  title: z.string(),
  detail: z.string(),
  priority: Priority,
  component: z.string().nullable(),
  failureCode: z.string().nullable(),
  status: z.enum(ticketStates),
  assigneeId: Id.nullable(),
  assigneeName: z.string().nullable(),
  alarmId: Id.nullable(),
  openedAt: Instant,
  openedBy: z.string(),
  respondedAt: Instant.nullable(),
  resolvedAt: Instant.nullable(),
  resolution: z.string().nullable(),
  notes: z.array(Note),
});
export type Ticket = z.infer<typeof Ticket>;
