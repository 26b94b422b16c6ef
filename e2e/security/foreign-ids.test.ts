import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditRoutes, ReceiptsResponse } from "#shared/audit/wire.ts";
import { type Kind, kinds } from "#shared/domain/intent.ts";
import { type IntentType, intentDefs } from "#shared/domain/registry.ts";
import { peopleRoutes } from "#shared/sync/people.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { revokeRoute } from "#shared/sync/session.ts";
import { PushResponse, routes } from "#shared/sync/wire.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { foreignId, SECRET } from "./foreign.ts";
import { intentTypes, makerOf, slotsOf, soundPayload, targetOf } from "./sound.ts";
import { type Hit, openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** An id of which nobody has ever heard. */
const unknown = id("there is no such record");

/** A text without what was asked: two that differ tell something. */
const plain = (text: string, ...asked: string[]): string =>
  asked
    .reduce((left, one) => left.replaceAll(one, "?"), text)
    .replace(/"(rev|seq)":\d+/g, '"$1":0')
    .replace(/"notes":\[.*?\]/g, "");

const told = ({ status, text }: Hit, asked: string): string => `${status} ${plain(text, asked)}`;

const stored = async () => {
  const rows = await stage.store.db
    .selectFrom("record")
    .select(["id", "data", "version"])
    .where("id", "in", kinds.map(foreignId))
    .orderBy("id")
    .execute();
  expect(rows).toHaveLength(kinds.length);
  return rows;
};

/** One intent to be tried: `asked` is the id that is guessed. */
interface Aim {
  target: string;
  payload: Record<string, unknown>;
  asked: string;
  over?: object;
}

/** Sends intents, and tells of each all that its maker learns by it: verdict, record, and receipt. */
const learnt = async (type: IntentType, ...aims: Aim[]): Promise<string[]> => {
  const who = makerOf(type);
  const made = aims.map(({ target, payload, over }) => ({
    ...intent(who, type, target, payload),
    ...over,
  }));
  const shared = { protocol: PROTOCOL, installation: id("laptop"), appVersion: "test" };
  const answer = await stage.shoot(who, routes.push, { body: { ...shared, intents: made } });
  const intentIds = made.map((one) => one.id);
  const proof = await stage.shoot(who, auditRoutes.receipts, { body: { intentIds } });
  expect([answer.status, proof.status]).toEqual([200, 200]);
  expect(answer.text + proof.text).not.toContain(SECRET);
  const { verdicts, records } = PushResponse.parse(JSON.parse(answer.text));
  const { receipts } = ReceiptsResponse.parse(JSON.parse(proof.text));
  return aims.map(({ target }, n) => {
    const all = {
      verdict: verdicts[n],
      record: records.find((one) => one.id === target),
      log: receipts.find(({ line }) => line.entry.intent.id === intentIds[n])?.log,
    };
    // Of several that aim at one record the last stands in it.
    const guesses = aims.map((aim) => aim.asked);
    return plain(JSON.stringify(all), intentIds[n] ?? "", ...guesses, target);
  });
};

/** What customers are shown of others: the partners, as whom else could they grant to? */
const foreignKinds = (type: IntentType): Kind[] =>
  kinds.filter((kind) => makerOf(type) !== "Cora" || kind !== "partner");

describe("[PAR-1] the id of another organisation's record, of any kind, is to an intent as one that never was", () => {
  test.each(intentTypes.filter((type) => !intentDefs[type].creates))(
    "%s aimed at it",
    async (type) => {
      const before = await stored();
      const payload = soundPayload(type);
      const guesses = [unknown, ...foreignKinds(type).map(foreignId)];
      const aims = guesses.map((target) => ({ target, payload, asked: target }));
      const [never = "", ...answers] = await learnt(type, ...aims);
      expect(never).toContain("target-unknown");
      for (const answer of answers) expect(answer).toBe(never);
      expect(await stored()).toEqual(before);
    },
  );

  test.each(intentTypes.flatMap((type) => slotsOf(type).map((slot) => ({ ...slot, type }))))(
    "$type with it in $path",
    async ({ type, payload }) => {
      const before = await stored();
      const guesses = [unknown, unknown, ...foreignKinds(type).map(foreignId)];
      const aims = guesses.map((put) => ({
        ...{ target: targetOf(type, v7()), payload: payload(put), asked: put },
      }));
      const [first, second, ...answers] = await learnt(type, ...aims);
      // What is applied may say something else the second time: that it stands already.
      for (const answer of answers) expect([first, second]).toContain(answer);
      expect(await stored()).toEqual(before);
    },
  );

  test.each(intentTypes.filter((type) => intentDefs[type].creates))(
    "%s made under it changes nothing, and learns nothing but that the id is taken",
    async (type) => {
      const before = await stored();
      const payload = soundPayload(type);
      const taken = kinds.map(foreignId);
      const aims = taken.map((target) => ({ target, payload, asked: target }));
      for (const answer of await learnt(type, ...aims)) expect(answer).toContain("refused");
      expect(await stored()).toEqual(before);
    },
  );
});

test("[S3] [PAR-1] neither after, nor mends, nor saw, nor the id of another's intent tells anything of it", async () => {
  const others = intent("Rex", "ticket.note", foreignId("ticket"), { text: `${SECRET} note` });
  const heard = await stage.server.push("Rex", others);
  expect(heard.verdicts[0]?.status).toBe("applied");
  const note = (over: object, asked: string, target = id("pump-ticket")) =>
    learnt("ticket.note", { target, payload: { text: "x" }, over, asked });
  const never = v7();
  const [after] = await note({ after: never }, never);
  expect(after).toContain("intent-out-of-order");
  expect(await note({ after: others.id }, others.id)).toEqual([after]);
  expect(await note({ mends: others.id }, others.id)).toEqual(await note({ mends: never }, never));
  const saw = { title: "x", assigneeName: "x", status: "x" };
  const ticket = foreignId("ticket");
  expect(await note({ saw }, ticket, ticket)).toEqual(await note({ saw }, unknown, unknown));
  const again = await stage.server.push("Nok", { ...others, actor: id("Nok") });
  expect(again.verdicts[0]).toMatchObject({ failure: { code: "intent-replayed" } });
  expect(JSON.stringify(again)).not.toContain(SECRET);
});

test("[PAR-1] nor does that of a record of one's own customer that is another partner's, or not granted", async () => {
  const payload = { text: "x" };
  const guesses = [unknown, id("rival-ticket"), id("chiller-ticket")];
  const aims = guesses.map((target) => ({ target, payload, asked: target }));
  const [never, ...answers] = await learnt("ticket.note", ...aims);
  expect(answers).toEqual([never, never]);
});

describe("[PAR-1] the id of another organisation's record, account, log, lens or device in a route", () => {
  const asks: [string, string, (put: string) => [string, object?]][] = [
    ["fetch", "Nok", (put) => [routes.fetch, { protocol: PROTOCOL, ids: [put] }]],
    [
      "digest",
      "Nok",
      (put) => [routes.digest, { protocol: PROTOCOL, kinds: [...kinds], after: put, limit: 500 }],
    ],
    ["somebody's devices", "Ada", (put) => [peopleRoutes.devices, { accountId: put }]],
    ["a preview of somebody", "Ada", (put) => [peopleRoutes.preview, { accountId: put }]],
    [
      "a preview with a role",
      "Ada",
      (put) => [peopleRoutes.preview, { accountId: null, roles: { partners: put } }],
    ],
    [
      "a preview for a customer",
      "Ada",
      (put) => [
        peopleRoutes.preview,
        { accountId: null, scope: { ownVisits: false, regions: null, customerIds: [put] } },
      ],
    ],
    [
      "revoking somebody's device",
      "Ada",
      (put) => [peopleRoutes.revokeDevice, { accountId: put, id: id("laptop") }],
    ],
    [
      "revoking a device of somebody else",
      "Ada",
      (put) => [peopleRoutes.revokeDevice, { accountId: id("Nok"), id: put }],
    ],
    ["revoking one's own device", "Nok", (put) => [revokeRoute(put), {}]],
    ["receipts", "Nok", (put) => [auditRoutes.receipts, { intentIds: [put] }]],
    ["the log of another", "Cora", (put) => [`${auditRoutes.log}?log=${put}`]],
    ["the head of a log", "Cora", (put) => [`${auditRoutes.head}?log=${put}`]],
    ["the export of a log", "Cora", (put) => [`${auditRoutes.export}?log=${put}`]],
    [
      "what an account did",
      "Cora",
      (put) => [`${auditRoutes.log}?actor=${put}&text=${encodeURIComponent(SECRET)}`],
    ],
  ];

  test.each(asks)("%s is answered as one that never was", async (_name, who, ask) => {
    await stage.shoot("Rex on secret-tablet", routes.me);
    const theirs = [
      ...kinds.map(foreignId),
      id("Rex"),
      id("Rival"),
      id("Beta"),
      id("secret-tablet"),
    ];
    const answer = async (put: string) => {
      const [path, body] = ask(put);
      const hit = await stage.shoot(who, path, body === undefined ? {} : { body });
      expect(hit.text).not.toContain(SECRET);
      return told(hit, put);
    };
    if (ask === asks[1]?.[2]) {
      // In order of id: what comes after one depends on it alone.
      for (const put of theirs) expect(await answer(put)).toContain("200 ");
      return;
    }
    const never = await answer(unknown);
    for (const put of theirs) expect([put, await answer(put)]).toEqual([put, never]);
  });

  test("a checkpoint of another's lens tells nothing of what it holds", async () => {
    const rex = await stage.server.me("Rex");
    for (const path of [routes.pull, routes.revocations]) {
      const after = { epoch: rex.epoch, lens: rex.lens, seq: 0 };
      const hit = await stage.shoot("Nok", path, {
        body: { protocol: PROTOCOL, after, limit: 100 },
      });
      expect([hit.status, hit.text.includes("scope-not-yours")]).toEqual([403, true]);
      expect(hit.text).not.toContain(SECRET);
    }
  });
});
