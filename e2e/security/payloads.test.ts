import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kinds } from "#shared/domain/intent.ts";
import { intentDefs } from "#shared/domain/registry.ts";
import { parseIntent } from "#shared/domain/run-intent.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { PushResponse, routes } from "#shared/sync/wire.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { valid } from "./arbitrary.ts";
import { intentTypes, makerOf, soundPayload, targetOf } from "./sound.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** Fields of records and envelopes that nobody may set by naming them. */
const stolen: Record<string, unknown> = {
  ...{ id: id("x"), tenantId: id("Nera"), customerId: id("Beta"), partnerId: id("Rival") },
  ...{ access: { status: "active" }, status: "active", roles2: {}, levels: { users: "full" } },
  ...{ template: "owner", suspended: false, entitlements: ["tenants"], invitedBy: "x" },
  ...{ actor: id("Una"), kind: "person", rev: 9, version: 9, notes: [], openedBy: "x" },
};

const body = (intents: readonly unknown[]) => ({
  ...{ protocol: PROTOCOL, installation: id("laptop"), appVersion: "test", intents },
});

const verdictsOn = async (who: string, intents: readonly unknown[]) => {
  const hit = await stage.shoot(who, routes.push, { body: body(intents) });
  expect(hit.status).toBe(200);
  return PushResponse.parse(JSON.parse(hit.text)).verdicts.map((verdict) =>
    verdict.status === "refused" ? verdict.failure.code : verdict.status,
  );
};

const versions = () =>
  stage.store.db.selectFrom("record").select(["id", "version"]).orderBy("id").execute();

test.each(intentTypes)("[AUTH-4] %s takes no field that its schema does not name", async (type) => {
  const before = await versions();
  const payload = soundPayload(type);
  const extra = Object.keys(stolen).filter((field) => !(field in payload));
  expect(parseIntent(intent("Nok", type, id("x"), payload)).ok).toBe(true);
  const tried = extra.map((field) =>
    intent(makerOf(type), type, targetOf(type, `${type} ${field}`), {
      ...payload,
      [field]: stolen[field],
    }),
  );
  const verdicts = await verdictsOn(makerOf(type), tried);
  expect(new Set(verdicts)).toEqual(new Set(["intent-malformed"]));
  expect(await versions()).toEqual(before);
});

test("[AUTH-4] no payload of the registry is of a schema that lets fields through", () => {
  const pools = { ids: [id("x")], texts: ["x"] };
  for (const type of intentTypes) {
    const schema = intentDefs[type].payload;
    const more = valid(schema, pools).map((value) => ({ ...(value as object), more: 1 }));
    fc.assert(
      fc.property(more, (value) => !schema.safeParse(value).success),
      { numRuns: 20 },
    );
  }
});

test("[S1] an intent is refused whose target is of another kind than its type", async () => {
  const before = await versions();
  for (const type of intentTypes) {
    const others = kinds.filter((kind) => kind !== intentDefs[type].kind);
    const tried = others.map((kind) => {
      const one = intent(
        makerOf(type),
        type,
        targetOf(type, `${type} ${kind}`),
        soundPayload(type),
      );
      return { ...one, target: { ...one.target, kind } };
    });
    expect(new Set(await verdictsOn(makerOf(type), tried))).toEqual(new Set(["intent-malformed"]));
  }
  expect(await versions()).toEqual(before);
});

test("[S1] what stands beside the fields of an intent decides nothing", async () => {
  const note = intent("Nok", "ticket.note", id("pump-ticket"), { text: "mine" });
  const beside = { tenantId: id("Rival"), serverTime: "2020-01-01T00:00:00.000Z", permission: "x" };
  expect(await verdictsOn("Nok", [{ ...note, ...beside, verdict: "applied" }])).toEqual([
    "applied",
  ]);
  const hit = await stage.shoot("Nok", routes.push, {
    body: { ...body([{ ...note, actor: id("Una") }]), viewer: { accountId: id("Una") } },
  });
  expect(hit.text).toContain("intent-replayed");
});

test("[AUTH-4] names of an object's own machinery reach nothing", async () => {
  const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];
  const types = names.map((type) => ({
    ...intent("Nok", "ticket.note", id("pump-ticket"), { text: "x" }),
    type,
  }));
  expect(new Set(await verdictsOn("Nok", types))).toEqual(new Set(["intent-unknown"]));
  const raw = JSON.stringify(
    body([intent("Nok", "ticket.note", id("pump-ticket"), { text: "x", PUT: { polluted: 1 } })]),
  );
  for (const name of ["__proto__", "__pr\\u006fto__", "constructor"]) {
    const put = raw.replace("PUT", name).replace('{"polluted"', '{"prototype":{},"polluted"');
    const hit = await stage.shoot("Nok", routes.push, { body: put });
    expect([400, 200]).toContain(hit.status);
    expect(hit.text).toMatch(/request-malformed|intent-malformed/);
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  const saw = Object.fromEntries(names.slice(1).map((name) => [name, "x"]));
  const looked = { ...intent("Nok", "ticket.note", id("pump-ticket"), { text: "x" }), saw };
  expect(await verdictsOn("Nok", [looked])).toEqual(["applied"]);
});

test("[S5] an answer is of the wire's schema, whatever an intent aims at", async () => {
  const note = intent("Nok", "ticket.note", id("pump-ticket"), { text: "x" });
  const aims = [
    ...[{ id: "no id", kind: "ticket" }, { id: id("x"), kind: "planet" }, { id: id("x") }],
    ...[{ id: { $ne: null }, kind: "ticket" }, { id: "\0", kind: "ticket" }, "ticket", [], null],
    ...[
      { id: `${id("x")}' OR 1=1 --`, kind: "ticket" },
      { id: id("x"), kind: { of: "x" } },
    ],
  ];
  const tried = aims.map((target, n) => ({ ...note, id: `bad ${n}`, target }));
  const codes = await verdictsOn("Nok", [...tried, note]);
  expect(codes).toEqual([...tried.map(() => "intent-malformed"), "applied"]);
});

test("[S5] an id in capitals is none that is known", async () => {
  const shout = id("pump-ticket").toUpperCase();
  const note = intent("Nok", "ticket.note", shout, { text: "x" });
  expect(await verdictsOn("Nok", [note])).toEqual(["target-unknown"]);
});
