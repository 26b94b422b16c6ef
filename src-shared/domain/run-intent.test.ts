import { describe, expect, test } from "vitest";
import { ok } from "../result.ts";
import { actor, device, id, intent, NOW, ticket, visit } from "../testing/builders.ts";
import type { Kind } from "./intent.ts";
import type { DataOf, IntentType } from "./registry.ts";
import { intentDefs, schemas } from "./registry.ts";
import { parseIntent, runIntent } from "./run-intent.ts";
import { ticketMoves, ticketStates } from "./ticket/ticket.ts";
import { visitMoves, visitStates } from "./visit/visit.ts";

const pump = device("pump", "Acme", "North");
const people: Record<string, DataOf<"person">> = Object.fromEntries(
  [
    { name: "Tam", takesWork: true },
    { name: "Sai", takesWork: false },
  ].map(({ name, takesWork }) => [
    id(name),
    { id: id(name), tenantId: id("Nera"), name, roleName: "", takesWork },
  ]),
);
const known: Partial<Record<Kind, Record<string, unknown>>> = {
  device: { [pump.id]: pump },
  person: people,
};

const run = (who: string, type: IntentType, target: string, payload: object, before: unknown) => {
  const parsed = parseIntent(intent(who, type, target, { ...payload }));
  if (!parsed.ok) return parsed;
  return runIntent(parsed.value, before, {
    actor: actor(who),
    at: NOW,
    intentId: parsed.value.intent.id,
    targetId: target,
    get: <T>(kind: Kind, key: string) => known[kind]?.[key] as T | undefined,
    all: () => [],
  });
};

const codeOf = (result: ReturnType<typeof run>) => (result.ok ? "applied" : result.error.code);

describe("[PAR-2] a ticket", () => {
  const assigned = { ...ticket("t", pump), status: "assigned", assigneeId: id("Nok") } as const;

  test.each(ticketStates)("in state %s moves only where its machine lets it", (status) => {
    const before = { ...ticket("t", pump), status, assigneeId: id("Nok") };
    const payloads = {
      take: {},
      assign: { assigneeId: id("Tam") },
      resolve: { resolution: "done" },
      reopen: { reason: "again" },
    };
    for (const [move, payload] of Object.entries(payloads)) {
      // Somebody else takes: taking what is already one's own is refused on its own ground.
      const who = move === "take" ? "Tam" : "Nok";
      const allowed = ticketMoves[move as keyof typeof ticketMoves].from as readonly string[];
      const result = run(who, `ticket.${move}` as IntentType, before.id, payload, before);
      expect([move, result.ok]).toEqual([move, allowed.includes(status)]);
    }
  });

  test("its response clock stops at the first answer and is not set again", () => {
    const first = run("Nok", "ticket.take", assigned.id, {}, ticket("t", pump));
    expect(first).toMatchObject(ok({ respondedAt: NOW, assigneeName: "Nok" }));
    const early = { ...assigned, respondedAt: "2026-06-15T01:30:00.000Z" };
    const later = run("Tam", "ticket.take", assigned.id, {}, early);
    expect(later).toMatchObject(ok({ respondedAt: early.respondedAt, assigneeName: "Tam" }));
  });

  test("is resolved by its assignee alone", () => {
    const resolve = (who: string) =>
      codeOf(run(who, "ticket.resolve", assigned.id, { resolution: "Sealed" }, assigned));
    expect([resolve("Nok"), resolve("Tam")]).toEqual(["applied", "not-the-assignee"]);
  });

  test("goes to people who take work and to nobody else", () => {
    const assign = (who: string) =>
      codeOf(run("Nok", "ticket.assign", assigned.id, { assigneeId: id(who) }, assigned));
    expect([assign("Tam"), assign("Sai"), assign("Stranger")]).toEqual([
      "applied",
      "assignee-unknown",
      "assignee-unknown",
    ]);
  });

  test("raised on a device carries its place and tier, and a number made of its id", () => {
    const payload = { deviceId: pump.id, title: " Leak ", detail: "", priority: 2, alarmId: null };
    const raised = run("Nok", "ticket.raise", id("new"), payload, null);
    expect(raised).toMatchObject(
      ok({ title: "Leak", tier: pump.tier, region: "North", openedBy: "Nok", status: "new" }),
    );
    expect(raised.ok && schemas.ticket.safeParse(raised.value).success).toBe(true);
    expect(codeOf(run("Nok", "ticket.raise", id("new"), payload, ticket("t", pump)))).toBe(
      "target-exists",
    );
  });
});

describe("[PAR-2] a visit", () => {
  const payloads: Record<keyof typeof visitMoves, object> = {
    assign: { assigneeId: id("Tam") },
    "start-travel": {},
    arrive: {},
    check: { itemId: id("item"), done: true },
    complete: { outcome: "not-possible", summary: "No access", labourMinutes: 10 },
  };

  test.each(visitStates)("in state %s moves only where its machine lets it", (status) => {
    const before = { ...visit("v", pump, "Tam"), status };
    for (const [move, payload] of Object.entries(payloads)) {
      const allowed = visitMoves[move as keyof typeof visitMoves].from as readonly string[];
      const result = run("Tam", `visit.${move}` as IntentType, before.id, payload, before);
      expect([move, result.ok]).toEqual([move, allowed.includes(status)]);
    }
  });

  test("is worked by its assignee alone, and by nobody while it has none", () => {
    const arrive = (assignee: string | null) =>
      codeOf(run("Tam", "visit.arrive", id("v"), {}, visit("v", pump, assignee)));
    expect([arrive("Tam"), arrive("Nok"), arrive(null)]).toEqual([
      "applied",
      "not-the-assignee",
      "visit-needs-assignee",
    ]);
  });

  test("is not done while a required item is open, but may end as not possible", () => {
    const onSite = { ...visit("v", pump, "Tam"), status: "on-site" };
    const complete = (outcome: string) =>
      run("Tam", "visit.complete", onSite.id, { ...payloads.complete, outcome }, onSite);
    expect(complete("done")).toMatchObject({
      error: { code: "checklist-incomplete", params: { count: 1, first: "Isolate power" } },
    });
    expect(codeOf(complete("not-possible"))).toBe("applied");
  });
});

describe("[S5] an intent that is not well formed", () => {
  test.each([
    ["an unknown type", { type: "ticket.destroy" }, "intent-unknown"],
    ["a type from the prototype", { type: "constructor" }, "intent-unknown"],
    ["a field too many", { payload: { text: "x", status: "resolved" } }, "intent-malformed"],
    ["an empty text", { payload: { text: "  " } }, "intent-malformed"],
    ["another kind of target", { target: { kind: "visit", id: id("v") } }, "intent-malformed"],
  ] as const)("%s is refused as a value", (_name, over, code) => {
    const made = { ...intent("Nok", "ticket.note", id("t"), { text: "x" }), ...over };
    expect(parseIntent(made as never)).toMatchObject({ error: { code } });
  });

  test("every intent says which permission it takes and aims at the kind in its name", () => {
    for (const [type, def] of Object.entries(intentDefs)) {
      expect(type.startsWith(`${def.kind}.`)).toBe(true);
      // What is made on no device is the maker's own organisation's.
      const own = ["person", "role", "grant"].includes(def.kind);
      expect(def.creates && !own).toBe(def.deviceOf !== undefined);
    }
  });
});
