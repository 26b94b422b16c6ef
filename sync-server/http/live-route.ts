import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import { decide } from "#shared/access/decide.ts";
import { type LiveHead, routes } from "#shared/sync/wire.ts";
import { viewerOf } from "../access/viewers.ts";
import { lensId, openLens } from "../sync/lens.ts";
import { calledBy } from "./caller.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

const HEARTBEAT_MS = 15_000;

/**
 * The live stream: server-sent events that say how far the feed of the caller's lens has grown. It
 * carries no records: whoever hears it pulls, so that a lost event loses nothing. It ends with the
 * token, and as soon as the caller's role or standing is no longer what it was.
 */
export const liveRoute = (app: FastifyInstance, services: Services): void => {
  const { store, now } = services;

  app.get(routes.live, async (request, reply) => {
    const called = await calledBy(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer, expiresAt } = called.value;
    const entitled = decide(viewer, { app: "partners" });
    if (entitled !== null) return refuse(reply, entitled);

    const stream = new PassThrough();
    const lens = await openLens(store.db, viewer, now());
    const tell = (seq: number) => {
      const head: LiveHead = { lens: lens.id, seq };
      stream.write(`event: head\ndata: ${JSON.stringify(head)}\n\n`);
    };
    const stopListening = store.listen((heads) => {
      const seq = heads[lens.id];
      if (seq !== undefined) tell(seq);
    });
    const beat = setInterval(() => void stillTheSame(), HEARTBEAT_MS);
    const stillTheSame = async () => {
      const current = await viewerOf(store.db, viewer.accountId, viewer.tenant.id);
      const same = current.ok && lensId(current.value) === lens.id && Date.now() < expiresAt;
      if (same) stream.write(": beat\n\n");
      else stream.end("event: changed\ndata: {}\n\n");
    };
    request.raw.on("close", () => stream.destroy());
    stream.on("close", () => {
      clearInterval(beat);
      stopListening();
    });
    tell(lens.head);
    return reply
      .header("content-type", "text/event-stream")
      .header("cache-control", "no-store")
      .send(stream);
  });
};
