import type { FastifyInstance } from "fastify";
import { homeOf } from "#shared/access/layers.ts";
import { fail } from "#shared/failure.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import {
  MeRequest,
  type MeResponse,
  PullRequest,
  PushRequest,
  type PushResponse,
  RevocationsRequest,
  type RevocationsResponse,
  routes,
} from "#shared/sync/wire.ts";
import { noteAppVersion } from "../access/installations.ts";
import { refusedReader } from "../access/viewers.ts";
import { auditRefusal } from "../audit/refusal.ts";
import { NO_LENS, openLens } from "../sync/lens.ts";
import { pageText, pullPage } from "../sync/pull.ts";
import { answerRecords, runIntents } from "../sync/push.ts";
import { remembers } from "../sync/remembers.ts";
import { revocationsPage } from "../sync/revocations.ts";
import { type Called, calledBy, heardFrom, readerOf } from "./caller.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

/** me, pull, revocations and push. */
export const syncRoutes = (app: FastifyInstance, services: Services): void => {
  const { store, now } = services;

  app.get(routes.me, async (request, reply) => {
    const called = await calledBy(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer } = called.value;
    const query = MeRequest.safeParse(request.query);
    if (!query.success) return refuse(reply, fail("request-malformed"));
    const { last } = query.data;
    const remembered = (intentId: string) =>
      store.reading(viewer.tenant.id, (tx) => remembers(tx, intentId, viewer.accountId));
    const answer: MeResponse = {
      protocol: PROTOCOL,
      serverTime: now(),
      epoch: store.epoch,
      lens: refusedReader(viewer) === null ? (await openLens(store.db, viewer, now())).id : NO_LENS,
      viewer,
      remembers: last === undefined || (await remembered(last)),
    };
    return answer;
  });

  app.post(routes.pull, async (request, reply) => {
    const called = await readerOf(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer } = called.value;
    const body = PullRequest.safeParse(request.body);
    if (!body.success) return refuse(reply, fail("request-malformed"));
    if (body.data.protocol !== PROTOCOL) return refuse(reply, fail("client-outdated"));
    const lens = { id: (await openLens(store.db, viewer, now())).id, viewer };
    const page = await pullPage(store, lens, body.data.after, body.data.limit);
    if (!page.ok) {
      await auditRefusal(store, viewer, "sync.pull", body.data.after, page.error, now());
      return refuse(reply, page.error);
    }
    return reply.type("application/json").send(pageText(page.value, now()));
  });

  app.post(routes.revocations, async (request, reply) => {
    const called = await readerOf(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer } = called.value;
    const body = RevocationsRequest.safeParse(request.body);
    if (!body.success) return refuse(reply, fail("request-malformed"));
    // What is no longer a client's to hold it is told in any version: ids and revisions do not age.
    if (body.data.protocol > PROTOCOL) return refuse(reply, fail("client-outdated"));
    const lens = { id: (await openLens(store.db, viewer, now())).id, viewer };
    const page = await revocationsPage(store, lens, body.data.after, body.data.limit);
    if (!page.ok) {
      await auditRefusal(store, viewer, "sync.revocations", body.data.after, page.error, now());
      return refuse(reply, page.error);
    }
    const answer: RevocationsResponse = { protocol: PROTOCOL, serverTime: now(), ...page.value };
    return answer;
  });

  app.post(routes.push, async (request, reply) => {
    const called = await heardFrom(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer } = called.value;
    // An older protocol may still hand in what it holds (S12); a newer one this server cannot read.
    const body = PushRequest.safeParse(request.body);
    if (!body.success) return refuse(reply, fail("request-malformed"));
    if (body.data.protocol > PROTOCOL) return refuse(reply, fail("client-outdated"));
    const { installation, appVersion, intents, sentAt = null } = body.data;
    await noteAppVersion(store.db, installation, viewer.accountId, appVersion);
    const lens = await answeringLens(called.value);
    const via = { app: homeOf(viewer), installation, appVersion };
    const revokedAt = called.value.installation?.revokedAt ?? null;
    const hearing = { now: now(), sentAt, revokedAt, provedAt: called.value.authTime };
    const verdicts = await runIntents(store, lens, via, intents, hearing);
    const answer: PushResponse = {
      protocol: PROTOCOL,
      serverTime: now(),
      verdicts,
      records: await answerRecords(store, lens, intents),
    };
    return answer;
  });

  /** The lens through which a push is answered: none where nothing may be told any more (S9). */
  const answeringLens = async ({ viewer, installation }: Called) => {
    if (refusedReader(viewer) !== null) return { id: NO_LENS, viewer };
    const { id } = await openLens(store.db, viewer, now());
    return { id: installation?.revokedAt ? NO_LENS : id, viewer };
  };
};
