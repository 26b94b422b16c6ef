import fc from "fast-check";
import { v7 } from "uuid";
import { expect, test } from "vitest";
import { z } from "zod";
import { brokenAt, readAudit } from "#server/audit/log.ts";
import {
  auditRoutes,
  ConsistencyRequest,
  ExportRequest,
  HeadRequest,
  InclusionRequest,
  LogRequest,
  ReceiptsRequest,
} from "#shared/audit/wire.ts";
import { Intent, kinds } from "#shared/domain/intent.ts";
import { intentDefs } from "#shared/domain/registry.ts";
import {
  PersonDevicesRequest,
  PreviewRequest,
  peopleRoutes,
  RevokeDeviceRequest,
} from "#shared/sync/people.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { AcceptRequest, revokeRoute, sessionRoutes } from "#shared/sync/session.ts";
import {
  DeskRequest,
  DigestRequest,
  ErrorResponse,
  FetchRequest,
  MeRequest,
  PullRequest,
  PushRequest,
  PushResponse,
  RevocationsRequest,
  routes,
} from "#shared/sync/wire.ts";
import { id, NOW } from "#shared/testing/builders.ts";
import { bent, type Pools, valid } from "./arbitrary.ts";
import { foreignId, SECRET } from "./foreign.ts";
import { guarded } from "./routes.ts";
import { intentTypes, makerOf, soundPayload, targetOf } from "./sound.ts";
import type { Hit, Shot, Stage } from "./stage.ts";

/** Ids of one's own, of others, of nobody, and at the ends of what an id can be. */
const own = ["pump", "pump-ticket", "pump-visit", "Acme", "Ton", "Sai", "role of Sai", "item"];
const pools: Pools = {
  ids: [
    ...own.map(id),
    ...kinds.map(foreignId),
    ...["rival-ticket", "chiller", "gauge", "Rex", "Rival", "role of Rex"].map(id),
    ...["partner Nera", "partner Rival", "laptop", "no such thing"].map(id),
    ...["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
    ...[id("pump-ticket").toUpperCase(), v7(), v7()],
  ],
  texts: [
    "x",
    "a\0b",
    "\ud800",
    "' OR 1=1 --",
    "%_",
    "__proto__",
    "constructor",
    "\u001b[2J\n",
    "ก",
  ],
};

/** What an answer may be: never the server's own fault, never a foreign word, always of the wire. */
const judged = (what: unknown, { status, text, headers }: Hit): void => {
  if (status >= 500 || text.includes(SECRET)) {
    throw new Error(`${status} ${text.slice(0, 300)} to ${JSON.stringify(what)}`);
  }
  const json = headers.get("content-type")?.startsWith("application/json") ?? false;
  if (status >= 400 && json && text !== "")
    expect(ErrorResponse.safeParse(JSON.parse(text)).success).toBe(true);
};

/** Those who attack: one of each kind of right, and who has none. */
const who = fc.constantFrom(
  "Nok",
  "Tam",
  "Sai",
  "Ada",
  "Una",
  "Cora",
  "Ann",
  "Nemo",
  "Nok on laptop",
);

const bodies: [string, z.ZodType][] = [
  [routes.pull, PullRequest],
  [routes.revocations, RevocationsRequest],
  [routes.digest, DigestRequest],
  [routes.fetch, FetchRequest],
  [routes.desk, DeskRequest],
  [routes.wiped, z.object({})],
  [auditRoutes.receipts, ReceiptsRequest],
  [peopleRoutes.devices, PersonDevicesRequest],
  [peopleRoutes.revokeDevice, RevokeDeviceRequest],
  [peopleRoutes.preview, PreviewRequest],
  [sessionRoutes.accept, AcceptRequest],
];

const queries: [string, z.ZodType][] = [
  [routes.me, MeRequest],
  [sessionRoutes.devices, z.object({})],
  [auditRoutes.log, LogRequest],
  [auditRoutes.head, HeadRequest],
  [auditRoutes.consistency, ConsistencyRequest],
  [auditRoutes.inclusion, InclusionRequest],
  [auditRoutes.export, ExportRequest],
];

const protocol = fc.constantFrom(PROTOCOL, PROTOCOL, PROTOCOL, 0, PROTOCOL + 1);

/** A body: of the schema; of it and bent; or anything. */
const around = (schema: z.ZodType) => {
  const good = fc
    .tuple(valid(schema, pools), protocol)
    .map(([value, version]) => ({ ...(value as object), protocol: version }));
  return fc.oneof(
    { weight: 3, arbitrary: good as fc.Arbitrary<unknown> },
    { weight: 3, arbitrary: bent(good) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 5 }) },
  );
};

const queryOf = (schema: z.ZodType) =>
  fc.oneof(valid(schema, pools), bent(valid(schema, pools))).map((value) =>
    Object.entries((value ?? {}) as Record<string, unknown>)
      .map(([key, one]) => [key, typeof one === "string" ? one : JSON.stringify(one)])
      .map((pair) => pair.map((one) => encodeURIComponent(String(one).toWellFormed())).join("="))
      .join("&"),
  );

const honest = { deviceTime: NOW, baseRev: 1 };

/** An intent of a type by who may make such: sound around a payload that may be anything. */
const intents = fc.constantFrom(...intentTypes).chain((type) => {
  const payload = valid(intentDefs[type].payload, pools);
  const envelope = valid(Intent, pools) as fc.Arbitrary<Record<string, unknown>>;
  const made = fc
    .tuple(
      fc.oneof(
        { weight: 4, arbitrary: payload },
        { weight: 4, arbitrary: fc.constant(soundPayload(type) as unknown) },
        { weight: 1, arbitrary: bent(payload) },
      ),
      fc.oneof(fc.constant(targetOf(type, "")), fc.constantFrom(...pools.ids)),
      fc.oneof(fc.constant(honest), envelope),
    )
    .map(([put, target, odd]) => ({
      ...{
        ...odd,
        id: v7(),
        type,
        payload: put,
        actor: id(makerOf(type)),
        after: null,
        mends: null,
      },
      target: { kind: intentDefs[type].kind, id: intentDefs[type].creates ? v7() : target },
    }));
  const any = fc.oneof(
    { weight: 5, arbitrary: made as fc.Arbitrary<unknown> },
    bent(made),
    envelope,
  );
  return fc.tuple(fc.constant(makerOf(type)), any);
});

const runs = (numRuns: number): fc.Parameters<unknown> => ({
  numRuns,
  seed: 20260615,
  endOnFailure: true,
});

/** Requests of every shape to every route, `scale` times over; what it holds is told by its titles. */
export const fuzz = (stageOf: () => Stage, scale: number): void => {
  const shoot = async (name: string, path: string, shot: Shot) => {
    const hit = await stageOf().shoot(name, path, shot);
    judged([name, path, shot], hit);
    return hit;
  };

  test.each(bodies)(
    "[PAR-1] %s, asked in every way, neither fails nor tells what is foreign",
    async (path, schema) => {
      const asked = fc.asyncProperty(who, around(schema), async (name, body) => {
        await shoot(name, path, { body: JSON.stringify(body) ?? "" });
      });
      await fc.assert(asked, runs(60 * scale));
    },
  );

  test.each(queries)(
    "[PAR-1] %s, asked in every way, neither fails nor tells what is foreign",
    async (path, schema) => {
      const asked = fc.asyncProperty(who, queryOf(schema), async (name, query) => {
        await shoot(name, path, { query });
      });
      await fc.assert(asked, runs(40 * scale));
    },
  );

  test("[PAR-1] [S5] every intent, in every shape, has a verdict, and tells nothing that is foreign", async () => {
    const judgements = { applied: 0, refused: 0 };
    const asked = fc.asyncProperty(
      fc.array(intents, { minLength: 1, maxLength: 12 }),
      async (made) => {
        for (const name of new Set(made.map(([maker]) => maker))) {
          const own = made.filter(([maker]) => maker === name).map(([, one]) => one);
          const shared = { protocol: PROTOCOL, installation: id("laptop"), appVersion: "test" };
          const hit = await shoot(name, routes.push, { body: { ...shared, intents: own } });
          // That is no JSON of an honest program: it is refused before it is read.
          if (JSON.stringify(own).includes("__proto__") && hit.status === 400) continue;
          const { verdicts } = PushResponse.parse(JSON.parse(hit.text));
          expect(verdicts).toHaveLength(own.length);
          for (const { status } of verdicts) judgements[status] += 1;
        }
      },
    );
    await fc.assert(asked, runs(80 * scale));
    // What is only ever refused has attacked nothing but the schema.
    expect(Math.min(judgements.applied, judgements.refused)).toBeGreaterThan(10);
  });

  test("[PAR-1] a push that is none is refused whole", async () => {
    const asked = fc.asyncProperty(who, around(PushRequest), async (name, body) => {
      await shoot(name, routes.push, { body: JSON.stringify(body) ?? "" });
    });
    await fc.assert(asked, runs(60 * scale));
  });

  test("[S13] files, by whatever name and header, neither fail nor tell what is foreign", async () => {
    const text = fc.string({ maxLength: 80 }).map((one) => encodeURIComponent(one.toWellFormed()));
    const name = fc.oneof(
      text,
      fc.stringMatching(/^[0-9a-f]{32}$/),
      fc.stringMatching(/^[0-9a-f]{64}$/),
    );
    const headers = fc.record(
      {
        ...{ "tus-resumable": fc.constantFrom("1.0.0", "0.2.2"), "upload-metadata": text },
        "upload-length": fc.oneof(fc.integer().map(String), text),
        "upload-offset": fc.oneof(fc.integer().map(String), text),
        "content-type": fc.constantFrom("application/offset+octet-stream", "application/json", "x"),
        ...{ range: text.map((one) => `bytes=${one}`), "if-none-match": text },
      },
      { requiredKeys: [], noNullPrototype: true },
    );
    const method = fc.constantFrom("GET", "HEAD", "POST", "PATCH", "DELETE");
    const asked = fc.asyncProperty(
      who,
      method,
      name,
      fc.boolean(),
      headers,
      async (from, verb, of, blob, more) => {
        const path = verb === "POST" ? routes.files : `${routes.files}/${blob ? "blob/" : ""}${of}`;
        const sent = Object.fromEntries(
          Object.entries(more).filter(([, value]) => value !== undefined),
        );
        await shoot(from, path, { method: verb, headers: sent as Record<string, string> });
      },
    );
    await fc.assert(asked, runs(60 * scale));
  });

  test("[AUTH-1] any path and header at all is answered in the words of the wire", async () => {
    const part = fc
      .string({ unit: "binary", maxLength: 20 })
      .map((one) => encodeURIComponent(one.toWellFormed()));
    const paths = [...guarded.map(({ path }) => path), revokeRoute(id("laptop"))];
    const path = fc.tuple(fc.constantFrom(...paths), part).map(([at, more]) => `${at}/${more}`);
    const value = fc.stringMatching(/^[\x21-\x7e]{0,60}$/);
    const headers = fc.record({
      authorization: value,
      dpop: value,
      "x-riversync-installation": value,
    });
    const asked = fc.asyncProperty(
      fc.oneof(
        path,
        part.map((one) => `/${one}`),
      ),
      headers,
      async (at, more) => {
        await shoot("Nok", at, { headers: more });
      },
    );
    await fc.assert(asked, runs(60 * scale));
  });

  test("[PRT-4] [S3] after all of it every log's chain holds, and nothing foreign has changed", async () => {
    const { store } = stageOf();
    const logs = await store.db.selectFrom("audit_head").select("log_id").execute();
    expect(logs.length).toBeGreaterThan(1);
    for (const { log_id } of logs) expect(brokenAt(await readAudit(store.db, log_id))).toBeNull();
    const rows = await store.db
      .selectFrom("record")
      .select(["id", "version"])
      .where("id", "in", kinds.map(foreignId))
      .execute();
    expect(rows.map(({ version }) => version)).toEqual(kinds.map(() => 1));
    // What is told of a stranger's guess is told in no stranger's log.
    for (const log of ["Beta", "Rival"]) expect(await readAudit(store.db, id(log))).toEqual([]);
  });
};
