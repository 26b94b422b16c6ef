import type { LocalRecord } from "#core/records/local-record.ts";
import { intentDefs } from "#shared/domain/registry.ts";
import { id } from "#shared/testing/builders.ts";
import type { Dice } from "../engine/dice.ts";
import { canary } from "./canary.ts";
import { people } from "./world.ts";

/** A change someone might want to make, on what their device shows them. */
export interface Wish {
  type: string;
  targetId: string | null;
  payload: Record<string, unknown>;
}

type Held = Pick<LocalRecord, "id" | "kind" | "data">;

/** A text with a word in it that occurs nowhere else. */
const text = (dice: Dice) => `text ${canary(String(dice.next()), String(dice.next()))}`;

const payloads: Record<string, (dice: Dice, held: readonly Held[], on: Held) => Wish["payload"]> = {
  "ticket.raise": (dice, held, device) => ({
    deviceId: device.id,
    title: text(dice),
    detail: text(dice),
    priority: dice.between(1, 4),
    alarmId: dice.chance(0.3) ? (dice.pick(of(held, "alarm"))?.id ?? null) : null,
  }),
  "ticket.take": () => ({}),
  "ticket.assign": (dice) => ({ assigneeId: id(dice.pick(people)?.name ?? "Tam") }),
  "ticket.note": (dice) => ({ text: text(dice) }),
  "ticket.resolve": (dice) => ({ resolution: text(dice) }),
  "ticket.reopen": (dice) => ({ reason: text(dice) }),
  "alarm.acknowledge": (dice) => ({ comment: text(dice) }),
  "visit.schedule": (dice, held, device) => ({
    deviceId: device.id,
    ticketId: dice.chance(0.4) ? (dice.pick(of(held, "ticket"))?.id ?? null) : null,
    title: text(dice),
    assigneeId: dice.chance(0.7) ? id(dice.pick(people)?.name ?? "Tam") : null,
    windowStart: "2026-06-16T02:00:00.000Z",
    windowEnd: dice.chance(0.9) ? "2026-06-16T05:00:00.000Z" : "2026-06-16T01:00:00.000Z",
    checklist: [{ id: id(`item ${dice.next()}`), text: text(dice), required: dice.chance(0.5) }],
  }),
  "visit.assign": (dice) => ({ assigneeId: id(dice.pick(people)?.name ?? "Tam") }),
  "visit.start-travel": () => ({}),
  "visit.arrive": () => ({}),
  "visit.check": (dice, _held, visit) => {
    const list = (visit.data.checklist ?? []) as { id: string }[];
    return { itemId: dice.pick(list)?.id ?? id("no item"), done: dice.chance(0.8) };
  },
  "visit.note": (dice) => ({ text: text(dice) }),
  "visit.complete": (dice) => ({
    outcome: dice.pick(["done", "follow-up-needed", "not-possible"]),
    summary: text(dice),
    labourMinutes: dice.int(200),
  }),
};

const of = (held: readonly Held[], kind: string) => held.filter((record) => record.kind === kind);

/** A random wish about something held, or null where there is nothing it could be about. */
export const wish = (dice: Dice, held: readonly Held[]): Wish | null => {
  const [type, def] = dice.pick(Object.entries(intentDefs)) ?? [];
  if (type === undefined || def === undefined) return null;
  const payload = payloads[type];
  // What the simulation has no words for is not wished for.
  if (payload === undefined) return null;
  const on = dice.pick(of(held, def.creates ? "device" : def.kind));
  if (on === undefined) return null;
  return { type, targetId: def.creates ? null : on.id, payload: payload(dice, held, on) };
};
