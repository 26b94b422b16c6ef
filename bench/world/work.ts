import { placeOf, refOf } from "#shared/domain/common.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import type { Random } from "./random.ts";

type Person = DataOf<"person">;

const START = Date.parse("2026-02-01T00:00:00.000Z");
const SPAN = 270 * 86_400_000;
const HOUR = 3_600_000;
const priorities = [1, 2, 2, 3, 3, 3, 4, 4] as const;
/** Of work that is older than this share of the span, all but little is done. */
const OLD = 0.9;

const iso = (ms: number) => new Date(ms).toISOString();

/** When the `share` of all work had begun. */
const instantAt = (share: number): number => START + Math.floor(share * SPAN);

const isOpen = (random: Random, share: number) => random.chance(share < OLD ? 0.02 : 0.6);

/** A ticket of about 1,100 bytes; about a twelfth of all are open. */
export const makeTicket = (
  random: Random,
  on: DataOf<"device">,
  person: Person,
  share: number,
): DataOf<"ticket"> => {
  const at = instantAt(share);
  const id = random.uuid(at);
  const open = isOpen(random, share);
  const status = open ? random.pick(["new", "assigned", "assigned"] as const) : "resolved";
  const given = status !== "new";
  return {
    ...placeOf(on),
    id,
    ref: refOf("T", id),
    title: random.words(36),
    detail: random.words(140 + random.below(200)),
    priority: random.pick(priorities),
    component: random.pick(on.components),
    failureCode: "F-17",
    status,
    assigneeId: given ? person.id : null,
    assigneeName: given ? person.name : null,
    alarmId: null,
    openedAt: iso(at),
    openedBy: "Device",
    respondedAt: given ? iso(at + HOUR) : null,
    resolvedAt: open ? null : iso(at + 30 * HOUR),
    resolution: open ? null : random.words(60),
    notes: given
      ? [
          {
            id: random.uuid(at + HOUR),
            text: random.words(60),
            authorId: person.id,
            authorName: person.name,
            at: iso(at + HOUR),
          },
        ]
      : [],
  };
};

/** An alarm of about 750 bytes. */
export const makeAlarm = (
  random: Random,
  on: DataOf<"device">,
  person: Person,
  share: number,
): DataOf<"alarm"> => {
  const at = instantAt(share);
  const id = random.uuid(at);
  const open = isOpen(random, share);
  return {
    ...placeOf(on),
    id,
    ref: refOf("A", id),
    rule: "temperature-high",
    title: random.words(40),
    severity: random.pick(priorities),
    metric: "temperature",
    value: 60 + random.below(30),
    lower: null,
    upper: 60,
    status: open ? "active" : random.pick(["acknowledged", "cleared"] as const),
    raisedAt: iso(at),
    clearedAt: open ? null : iso(at + HOUR),
    acknowledgedAt: open ? null : iso(at + HOUR),
    acknowledgedBy: open ? null : person.name,
    comment: open ? null : random.words(60),
  };
};

/** A visit of about 1,300 bytes. */
export const makeVisit = (
  random: Random,
  on: DataOf<"device">,
  person: Person,
  share: number,
): DataOf<"visit"> => {
  const at = instantAt(share);
  const id = random.uuid(at);
  const open = isOpen(random, share);
  return {
    ...placeOf(on),
    id,
    ref: refOf("V", id),
    partnerId: person.tenantId,
    title: random.words(36),
    purpose: "preventive",
    ticketId: null,
    status: open ? "scheduled" : "completed",
    assigneeId: person.id,
    assigneeName: person.name,
    windowStart: iso(at),
    windowEnd: iso(at + 4 * HOUR),
    checklist: Array.from({ length: 3 }, () => ({
      id: random.uuid(at),
      text: random.words(30),
      required: true,
      done: !open,
      doneAt: open ? null : iso(at + 2 * HOUR),
    })),
    travelStartedAt: open ? null : iso(at),
    arrivedAt: open ? null : iso(at + HOUR),
    completedAt: open ? null : iso(at + 3 * HOUR),
    outcome: open ? null : "done",
    summary: open ? null : random.words(80),
    labourMinutes: open ? null : 90,
    notes: [],
  };
};
