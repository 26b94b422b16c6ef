import type { FastifyInstance } from "fastify";
import { fail } from "#shared/failure.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import {
  DigestRequest,
  type DigestResponse,
  FetchRequest,
  type FetchResponse,
  routes,
} from "#shared/sync/wire.ts";
import { digestOf, fetchRecords } from "../sync/digest.ts";
import { openLens } from "../sync/lens.ts";
import { readerOf } from "./caller.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

/** digest and fetch: how a client whose checksums differ finds out what, and mends it (S10). */
export const repairRoutes = (app: FastifyInstance, services: Services): void => {
  const { store, now, log } = services;

  app.post(routes.digest, async (request, reply) => {
    const called = await readerOf(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const body = DigestRequest.safeParse(request.body);
    if (!body.success) return refuse(reply, fail("request-malformed"));
    if (body.data.protocol !== PROTOCOL) return refuse(reply, fail("client-outdated"));
    const { viewer, installation } = called.value;
    const lens = await openLens(store.db, viewer, now());
    const kinds = [...new Set(body.data.kinds)];
    if (body.data.after === null) {
      const differs = { lens: lens.id, kinds, installation: installation?.id };
      log.warn(differs, "the checksums of a client differ");
    }
    const page = await store.reading(viewer.tenant.id, (tx) =>
      digestOf(tx, lens.id, { ...body.data, kinds }),
    );
    const answer: DigestResponse = { protocol: PROTOCOL, lens: lens.id, ...page };
    return answer;
  });

  app.post(routes.fetch, async (request, reply) => {
    const called = await readerOf(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const body = FetchRequest.safeParse(request.body);
    if (!body.success) return refuse(reply, fail("request-malformed"));
    if (body.data.protocol !== PROTOCOL) return refuse(reply, fail("client-outdated"));
    const { viewer } = called.value;
    const lens = await openLens(store.db, viewer, now());
    const records = await store.reading(viewer.tenant.id, (tx) =>
      fetchRecords(tx, lens.id, body.data.ids),
    );
    const answer: FetchResponse = { protocol: PROTOCOL, records };
    return answer;
  });
};
