import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import { type LiveHead, routes } from "#shared/sync/wire.ts";
import { revokedAt } from "../access/installations.ts";
import { refusedReader, viewerOf } from "../access/viewers.ts";
import { lensId, openLens } from "../sync/lens.ts";
import { type Called, readerOf } from "./caller.ts";
import { LiveHeads } from "./live-heads.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

const HEARTBEAT_MS = 15_000;

/**
 * The live stream: server-sent events that say how far the feed of the caller's lens has grown
 * (`head`), and whether something has left it (`revoked`, S9). It carries no records: whoever hears
 * it asks, so that a lost event loses nothing. It ends with the token, and with `changed` as soon as
 * the caller's role, standing or device is no longer what it was.
 */
export const liveRoute = (app: FastifyInstance, services: Services): void => {
  const { store, now } = services;
  const heads = new LiveHeads(store);

  const isStill = async ({ viewer, installation, expiresAt }: Called): Promise<boolean> => {
    const { accountId, tenant } = viewer;
    const current = await viewerOf(store.db, accountId, tenant.id);
    if (!current.ok || Date.now() >= expiresAt) return false;
    const revoked = installation && (await revokedAt(store.db, installation.id, accountId));
    return !revoked && !refusedReader(current.value) && lensId(current.value) === lensId(viewer);
  };

  app.get(routes.live, async (request, reply) => {
    const called = await readerOf(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer } = called.value;

    const stream = new PassThrough();
    const lens = await openLens(store.db, viewer, now());
    const write = (text: string) => stream.writable && stream.write(`${text}\n\n`);
    const tell = (event: "head" | "revoked", seq: number) => {
      const head: LiveHead = { lens: lens.id, seq };
      write(`event: ${event}\ndata: ${JSON.stringify(head)}`);
    };
    const endIfChanged = async () => {
      if (await isStill(called.value).catch(() => true)) return;
      write("event: changed\ndata: {}");
      stream.end();
    };
    const stopFollowing = heads.follow(lens.id, tell);
    const stopListening = store.listen((_heads, accounts) => {
      if (accounts.includes(viewer.accountId)) void endIfChanged();
    });
    const beat = setInterval(() => {
      write(": beat");
      void endIfChanged();
    }, HEARTBEAT_MS);
    request.raw.on("close", () => stream.destroy());
    stream.on("close", () => {
      clearInterval(beat);
      stopFollowing();
      stopListening();
    });
    tell("head", lens.head);
    // What changed between the question and the first event was announced to nobody.
    void endIfChanged();
    return reply
      .header("content-type", "text/event-stream")
      .header("cache-control", "no-store")
      .send(stream);
  });
};
