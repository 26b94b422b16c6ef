import type { FastifyInstance } from "fastify";
import { decide } from "#shared/access/decide.ts";
import { fail } from "#shared/failure.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import {
  type MeResponse,
  PullRequest,
  PushRequest,
  type PushResponse,
  routes,
  type Verdict,
} from "#shared/sync/wire.ts";
import { auditRefusal } from "../audit/refusal.ts";
import { openLens } from "../sync/lens.ts";
import { pullPage } from "../sync/pull.ts";
import { answerRecords, runOnce } from "../sync/push.ts";
import { calledBy } from "./caller.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

/** me, pull and push. */
export const syncRoutes = (app: FastifyInstance, services: Services): void => {
  const { store, now } = services;

  app.get(routes.me, async (request, reply) => {
    const called = await calledBy(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer } = called.value;
    const partner = decide(viewer, { app: "partners" }) === null;
    const answer: MeResponse = {
      protocol: PROTOCOL,
      serverTime: now(),
      epoch: store.epoch,
      lens: partner ? (await openLens(store.db, viewer, now())).id : "",
      viewer,
    };
    return answer;
  });

  app.post(routes.pull, async (request, reply) => {
    const called = await calledBy(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer } = called.value;
    const entitled = decide(viewer, { app: "partners" });
    if (entitled !== null) return refuse(reply, entitled);
    const body = PullRequest.safeParse(request.body);
    if (!body.success) return refuse(reply, fail("request-malformed"));
    if (body.data.protocol !== PROTOCOL) return refuse(reply, fail("client-outdated"));
    const lens = { ...(await openLens(store.db, viewer, now())), viewer };
    const page = await pullPage(store, lens, body.data.after, body.data.limit);
    if (!page.ok) {
      await auditRefusal(store, viewer, "sync.pull", body.data.after, page.error, now());
      return refuse(reply, page.error);
    }
    const { recordsJson, ...rest } = page.value;
    const head = JSON.stringify({ protocol: PROTOCOL, serverTime: now(), ...rest });
    reply.type("application/json");
    return reply.send(`${head.slice(0, -1)},"records":${recordsJson}}`);
  });

  app.post(routes.push, async (request, reply) => {
    const called = await calledBy(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer } = called.value;
    const entitled = decide(viewer, { app: "partners" });
    if (entitled !== null) return refuse(reply, entitled);
    // An older protocol may still hand in what it holds (S12); a newer one this server cannot read.
    const body = PushRequest.safeParse(request.body);
    if (!body.success) return refuse(reply, fail("request-malformed"));
    if (body.data.protocol > PROTOCOL) return refuse(reply, fail("client-outdated"));
    const lens = { id: (await openLens(store.db, viewer, now())).id, viewer };
    const { installation, appVersion, intents } = body.data;
    const via = { app: "partners", installation, appVersion };
    const verdicts: Verdict[] = [];
    for (const intent of intents) verdicts.push(await runOnce(store, lens, via, intent, now));
    const answer: PushResponse = {
      protocol: PROTOCOL,
      serverTime: now(),
      verdicts,
      records: await answerRecords(store, lens, intents),
    };
    return answer;
  });
};
