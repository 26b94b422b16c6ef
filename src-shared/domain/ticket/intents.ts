import { z } from "zod";
import { fail } from "../../failure.ts";
import { addNote, Id, Priority, placeOf, refOf, Text } from "../common.ts";
import type { Device } from "../device/device.ts";
import { change, create } from "../intent.ts";
import { mayMove } from "../machine.ts";
import type { Person } from "../person/person.ts";
import { type Ticket, ticketMoves } from "./ticket.ts";

const base = { kind: "ticket", permission: "workload" } as const;

/** The first answer to a ticket stops its response clock; later ones leave it. */
const responded = (ticket: Ticket, at: string) => ticket.respondedAt ?? at;

const raise = create({
  ...base,
  payload: z.strictObject({
    deviceId: Id,
    title: Text(160),
    detail: z.string().trim().max(4000),
    priority: Priority,
    alarmId: Id.nullable(),
  }),
  deviceOf: (p) => p.deviceId,
  needs: (p) => [
    { kind: "device", id: p.deviceId },
    ...(p.alarmId === null ? [] : [{ kind: "alarm" as const, id: p.alarmId }]),
  ],
  guard: (_none, p, on) => {
    if (!on.get<Device>("device", p.deviceId)) return fail("target-unknown", { kind: "device" });
    if (p.alarmId === null) return null;
    const alarm = on.get<{ deviceId: string }>("alarm", p.alarmId);
    if (alarm === undefined) return fail("target-unknown", { kind: "alarm" });
    return alarm.deviceId === p.deviceId ? null : fail("ticket-device-mismatch");
  },
  reduce: (_none, p, on): Ticket => ({
    ...placeOf(on.get<Device>("device", p.deviceId) as Device),
    id: on.targetId,
    ref: refOf("T", on.targetId),
    title: p.title,
    detail: p.detail,
    priority: p.priority,
    component: null,
    failureCode: null,
    status: "new",
    assigneeId: null,
    assigneeName: null,
    alarmId: p.alarmId,
    openedAt: on.at,
    openedBy: on.actor.name,
    respondedAt: null,
    resolvedAt: null,
    resolution: null,
    notes: [],
  }),
});

const take = change({
  ...base,
  payload: z.strictObject({}),
  guard: (ticket: Ticket, _p, on) =>
    ticket.assigneeId === on.actor.accountId && ticket.status === "assigned"
      ? fail("already-in-state", { state: ticket.status })
      : mayMove(ticketMoves, "take", ticket.status),
  reduce: (ticket, _p, on) => ({
    ...ticket,
    status: ticketMoves.take.to,
    assigneeId: on.actor.accountId,
    assigneeName: on.actor.name,
    respondedAt: responded(ticket, on.at),
  }),
});

const assign = change({
  ...base,
  wholeCoverage: true,
  payload: z.strictObject({ assigneeId: Id }),
  needs: (p) => [{ kind: "person", id: p.assigneeId }],
  guard: (ticket: Ticket, p, on) =>
    on.get<Person>("person", p.assigneeId)?.takesWork
      ? mayMove(ticketMoves, "assign", ticket.status)
      : fail("assignee-unknown"),
  reduce: (ticket, p, on) => ({
    ...ticket,
    status: ticketMoves.assign.to,
    assigneeId: p.assigneeId,
    assigneeName: on.get<Person>("person", p.assigneeId)?.name ?? null,
    respondedAt: responded(ticket, on.at),
  }),
});

const note = change({
  ...base,
  payload: z.strictObject({ text: Text(4000) }),
  guard: (_ticket: Ticket) => null,
  reduce: (ticket, p, on) => ({ ...ticket, notes: addNote(ticket.notes, p.text, on) }),
});

const resolve = change({
  ...base,
  payload: z.strictObject({ resolution: Text(4000) }),
  guard: (ticket: Ticket, _p, on) =>
    mayMove(ticketMoves, "resolve", ticket.status) ??
    (ticket.assigneeId === on.actor.accountId
      ? null
      : fail("not-the-assignee", { assignee: ticket.assigneeName ?? "" })),
  reduce: (ticket, p, on) => ({
    ...ticket,
    status: ticketMoves.resolve.to,
    resolvedAt: on.at,
    resolution: p.resolution,
  }),
});

const reopen = change({
  ...base,
  payload: z.strictObject({ reason: Text(4000) }),
  guard: (ticket: Ticket) => mayMove(ticketMoves, "reopen", ticket.status),
  reduce: (ticket, p, on) => ({
    ...ticket,
    status: ticketMoves.reopen.to,
    assigneeId: null,
    assigneeName: null,
    resolvedAt: null,
    resolution: null,
    notes: addNote(ticket.notes, p.reason, on),
  }),
});

/** What can happen to a ticket. */
export const ticketIntents = {
  "ticket.raise": raise,
  "ticket.take": take,
  "ticket.assign": assign,
  "ticket.note": note,
  "ticket.resolve": resolve,
  "ticket.reopen": reopen,
};
