import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kinds } from "#shared/domain/intent.ts";
import { type IntentType, intentDefs } from "#shared/domain/registry.ts";
import { auditRoutes } from "#shared/audit/wire.ts";
import { peopleRoutes } from "#shared/sync/people.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { revokeRoute } from "#shared/sync/session.ts";
import { routes } from "#shared/sync/wire.ts";
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

/** An answer with what was asked taken out of it: two that differ tell something. */
const told = ({ status, text }: Hit, ...asked: string[]): string => {
  const plain = asked.reduce((left, one) => left.replaceAll(one, "?"), text);
  return `${status} ${plain.replace(/"(rev|seq)":\d+/g, '"$1":0')}`;
};

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

/** Sends one intent, and tells all that its maker learns by it: the answer, and the receipt. */
const learnt = async (
  type: IntentType,
  aim: { target: string; payload: Record<string, unknown>; over?: object; asked: string },
): Promise<string> => {
  const who = makerOf(type);
  const made = { ...intent(who, type, aim.target, aim.payload), ...aim.over };
  const answer = await stage.shoot(who, routes.push, {
    body: {
      ...{ protocol: PROTOCOL, installation: id("laptop"), appVersion: "test" },
      intents: [made],
    },
  });
  const receipt = await stage.shoot(who, auditRoutes.receipts, { body: { intentIds: [made.id] } });
  expect(answer.text + receipt.text).not.toContain(SECRET);
  const log = (JSON.parse(receipt.text) as { receipts: { log: string }[] }).receipts[0]?.log;
  return `${told(answer, made.id, aim.asked)} ${log ?? "no receipt"}`;
};

describe("[PAR-1] the id of another organisation's record, of any kind, is to an intent as one that never was", () => {
  test.each(intentTypes.filter((type) => !intentDefs[type].creates))(
    "%s aimed at it",
    async (type) => {
      const before = await stored();
      const payload = soundPayload(type);
      const aim = (target: string) => learnt(type, { target, payload, asked: target });
      const never = await aim(unknown);
      expect(never).toContain("target-unknown");
      for (const kind of kinds) expect([kind, await aim(foreignId(kind))]).toEqual([kind, never]);
      expect(await stored()).toEqual(before);
    },
  );

  test.each(intentTypes.flatMap((type) => slotsOf(type).map((slot) => ({ ...slot, type }))))(
    "$type with it in $path",
    async ({ type, payload }) => {
      const before = await stored();
      const name = `made of ${type}`;
      let n = 0;
      const aim = (put: string) => {
        n += 1;
        const target = targetOf(type, `${name} ${n} ${v7()}`);
        return learnt(type, { target, payload: payload(put), asked: put }).then((answer) =>
          answer.replaceAll(target, "target"),
        );
      };
      const [first, never] = [await aim(unknown), await aim(unknown)];
      // Customers are shown every partner: whom else could they grant to?
      const foreign = kinds.filter((kind) => makerOf(type) !== "Cora" || kind !== "partner");
      for (const kind of foreign) {
        const answer = await aim(foreignId(kind));
        // What is applied may say something else the second time: that it stands already.
        expect([kind, [first, never]]).toEqual([kind, expect.arrayContaining([answer])]);
      }
      expect(await stored()).toEqual(before);
    },
  );

  test.each(intentTypes.filter((type) => intentDefs[type].creates))(
    "%s made under it changes nothing, and learns nothing but that the id is taken",
    async (type) => {
      const before = await stored();
      for (const kind of kinds) {
        const target = foreignId(kind);
        const answer = await learnt(type, { target, payload: soundPayload(type), asked: target });
        expect(answer).toContain('"status":"refused"');
      }
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
  expect(await note({ after: others.id }, others.id)).toEqual(await note({ after: never }, never));
  expect(await note({ after: others.id }, others.id)).toContain("intent-out-of-order");
  const mends = async (of: string) =>
    (await note({ mends: of }, of)).replace(/"notes":\[.*?\]/, "");
  expect(await mends(others.id)).toEqual(await mends(never));
  const saw = { title: "x", assigneeName: "x", status: "x" };
  const ticket = foreignId("ticket");
  expect(await note({ saw }, ticket, ticket)).toEqual(await note({ saw }, unknown, unknown));
  const again = await stage.server.push("Nok", { ...others, actor: id("Nok") });
  expect(again.verdicts[0]).toMatchObject({ failure: { code: "intent-replayed" } });
  expect(JSON.stringify(again)).not.toContain(SECRET);
});

test("[PAR-1] nor does that of a record of one's own customer that is another partner's, or not granted", async () => {
  const payload = { text: "x" };
  const aim = (target: string) => learnt("ticket.note", { target, payload, asked: target });
  const never = await aim(unknown);
  for (const ticket of ["rival-ticket", "chiller-ticket"]) {
    expect(await aim(id(ticket))).toEqual(never);
  }
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
    const theirs = [...kinds.map(foreignId), id("Rex"), id("Rival"), id("Beta"), id("secret-tablet")];
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
      const hit = await stage.shoot("Nok", path, { body: { protocol: PROTOCOL, after, limit: 100 } });
      expect([hit.status, hit.text.includes("scope-not-yours")]).toEqual([403, true]);
      expect(hit.text).not.toContain(SECRET);
    }
  });
});
