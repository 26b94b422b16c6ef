import { z } from "zod";
import { type Failure, fail } from "../../failure.ts";
import { addNote, Id, Instant, placeOf, refOf, Text } from "../common.ts";
import type { Device } from "../device/device.ts";
import { change, create, type Judging } from "../intent.ts";
import { mayMove } from "../machine.ts";
import type { Person } from "../person/person.ts";
import {
  attachmentFields,
  attachmentsOf,
  FileHash,
  MAX_ATTACHMENTS,
  mayBeAttached,
} from "./attachment.ts";
import { type Visit, visitMoves, visitOpen } from "./visit.ts";

const base = { kind: "visit", permission: "workload" } as const;

/** The visit's own work is its assignee's alone; anyone else would report what they did not see. */
const ownWork = (visit: Visit, on: Judging): Failure | null => {
  if (visit.assigneeId === on.actor.accountId) return null;
  return visit.assigneeId === null
    ? fail("visit-needs-assignee")
    : fail("not-the-assignee", { assignee: visit.assigneeName ?? "" });
};

const own = (visit: Visit, move: keyof typeof visitMoves, on: Judging): Failure | null =>
  mayMove(visitMoves, move, visit.status) ?? ownWork(visit, on);

/** What a visit shows is settled when it is over. */
const over = (visit: Visit): Failure | null =>
  visitOpen.some((state) => state === visit.status)
    ? null
    : fail("wrong-state", { state: visit.status, allowed: visitOpen.join(", ") });

const taker = (id: string, on: Judging): Person | null => {
  const person = on.get<Person>("person", id);
  return person?.takesWork ? person : null;
};

const schedule = create({
  ...base,
  wholeCoverage: true,
  payload: z.strictObject({
    deviceId: Id,
    ticketId: Id.nullable(),
    title: Text(160),
    assigneeId: Id.nullable(),
    windowStart: Instant,
    windowEnd: Instant,
    checklist: z.array(z.strictObject({ id: Id, text: Text(200), required: z.boolean() })).max(50),
  }),
  deviceOf: (p) => p.deviceId,
  needs: (p) => [
    { kind: "device", id: p.deviceId },
    ...(p.ticketId === null ? [] : [{ kind: "ticket" as const, id: p.ticketId }]),
    ...(p.assigneeId === null ? [] : [{ kind: "person" as const, id: p.assigneeId }]),
  ],
  guard: (_none, p, on) => {
    if (!on.get<Device>("device", p.deviceId)) return fail("target-unknown", { kind: "device" });
    if (p.windowEnd <= p.windowStart) return fail("window-invalid");
    if (p.assigneeId !== null && !taker(p.assigneeId, on)) return fail("assignee-unknown");
    if (p.ticketId === null) return null;
    const ticket = on.get<{ deviceId: string }>("ticket", p.ticketId);
    if (ticket === undefined) return fail("target-unknown", { kind: "ticket" });
    return ticket.deviceId === p.deviceId ? null : fail("ticket-device-mismatch");
  },
  reduce: (_none, p, on): Visit => ({
    ...placeOf(on.get<Device>("device", p.deviceId) as Device),
    id: on.targetId,
    ref: refOf("V", on.targetId),
    partnerId: on.actor.tenantId,
    title: p.title,
    purpose: p.ticketId === null ? "preventive" : "corrective",
    ticketId: p.ticketId,
    status: "scheduled",
    assigneeId: p.assigneeId,
    assigneeName: p.assigneeId === null ? null : (taker(p.assigneeId, on)?.name ?? null),
    windowStart: p.windowStart,
    windowEnd: p.windowEnd,
    checklist: p.checklist.map((item) => ({ ...item, done: false, doneAt: null })),
    travelStartedAt: null,
    arrivedAt: null,
    completedAt: null,
    outcome: null,
    summary: null,
    labourMinutes: null,
    notes: [],
  }),
});

const assign = change({
  ...base,
  wholeCoverage: true,
  payload: z.strictObject({ assigneeId: Id }),
  needs: (p) => [{ kind: "person", id: p.assigneeId }],
  guard: (visit: Visit, p, on) =>
    taker(p.assigneeId, on) === null
      ? fail("assignee-unknown")
      : mayMove(visitMoves, "assign", visit.status),
  reduce: (visit, p, on) => ({
    ...visit,
    assigneeId: p.assigneeId,
    assigneeName: taker(p.assigneeId, on)?.name ?? null,
  }),
});

const startTravel = change({
  ...base,
  payload: z.strictObject({}),
  guard: (visit: Visit, _p, on) => own(visit, "start-travel", on),
  reduce: (visit, _p, on) => ({
    ...visit,
    status: visitMoves["start-travel"].to,
    travelStartedAt: on.at,
  }),
});

const arrive = change({
  ...base,
  payload: z.strictObject({}),
  guard: (visit: Visit, _p, on) => own(visit, "arrive", on),
  reduce: (visit, _p, on) => ({ ...visit, status: visitMoves.arrive.to, arrivedAt: on.at }),
});

const check = change({
  ...base,
  payload: z.strictObject({ itemId: Id, done: z.boolean() }),
  guard: (visit: Visit, p, on) =>
    own(visit, "check", on) ??
    (visit.checklist.some((item) => item.id === p.itemId) ? null : fail("checklist-item-unknown")),
  reduce: (visit, p, on) => ({
    ...visit,
    checklist: visit.checklist.map((item) =>
      item.id === p.itemId ? { ...item, done: p.done, doneAt: p.done ? on.at : null } : item,
    ),
  }),
});

const note = change({
  ...base,
  payload: z.strictObject({ text: Text(4000) }),
  guard: (_visit: Visit) => null,
  reduce: (visit, p, on) => ({ ...visit, notes: addNote(visit.notes, p.text, on) }),
});

/** Adds a file by its hash; its bytes follow by themselves (S13). What was seen is its assignee's to show. */
const attach = change({
  ...base,
  payload: z.strictObject(attachmentFields),
  guard: (visit: Visit, p, on) => {
    const refused = over(visit) ?? ownWork(visit, on) ?? mayBeAttached(p.type, p.size);
    if (refused !== null) return refused;
    const there = attachmentsOf(visit);
    if (there.some((one) => one.hash === p.hash)) {
      return fail("already-in-state", { state: "attached" });
    }
    return there.length < MAX_ATTACHMENTS
      ? null
      : fail("files-too-many", { limit: MAX_ATTACHMENTS });
  },
  reduce: (visit, p, on) => ({
    ...visit,
    attachments: [
      ...attachmentsOf(visit),
      { ...p, by: { id: on.actor.accountId, name: on.actor.name }, at: on.at },
    ],
  }),
});

/** Takes away a file that one added oneself. */
const detach = change({
  ...base,
  payload: z.strictObject({ hash: FileHash }),
  guard: (visit: Visit, p, on) => {
    const found = attachmentsOf(visit).find((one) => one.hash === p.hash);
    if (found === undefined) return over(visit) ?? fail("file-unknown");
    return (
      over(visit) ??
      (found.by.id === on.actor.accountId ? null : fail("file-not-yours", { by: found.by.name }))
    );
  },
  reduce: (visit, p) => ({
    ...visit,
    attachments: attachmentsOf(visit).filter((one) => one.hash !== p.hash),
  }),
});

const complete = change({
  ...base,
  payload: z.strictObject({
    outcome: z.enum(["done", "follow-up-needed", "not-possible"]),
    summary: Text(4000),
    labourMinutes: z
      .int()
      .min(0)
      .max(7 * 24 * 60),
  }),
  guard: (visit: Visit, p, on) => {
    const refused = own(visit, "complete", on);
    if (refused !== null) return refused;
    const open = visit.checklist.filter((item) => item.required && !item.done);
    return p.outcome === "done" && open.length > 0
      ? fail("checklist-incomplete", { count: open.length, first: open[0]?.text ?? "" })
      : null;
  },
  reduce: (visit, p, on) => ({
    ...visit,
    status: visitMoves.complete.to,
    completedAt: on.at,
    outcome: p.outcome,
    summary: p.summary,
    labourMinutes: p.labourMinutes,
  }),
});

/** What can happen to a visit. */
export const visitIntents = {
  "visit.schedule": schedule,
  "visit.assign": assign,
  "visit.start-travel": startTravel,
  "visit.arrive": arrive,
  "visit.check": check,
  "visit.note": note,
  "visit.attach": attach,
  "visit.detach": detach,
  "visit.complete": complete,
};
