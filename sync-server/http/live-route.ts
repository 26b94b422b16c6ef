import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import { type LiveHead, routes } from "#shared/sync/wire.ts";
import { revokedAt } from "../access/installations.ts";
import { refusedReader, viewerOf } from "../access/viewers.ts";
import { endedSession } from "../identity/session-validity.ts";
import { canonical } from "../store/canonical.ts";
import { openLens } from "../sync/lens.ts";
import { growthPage, pageText } from "../sync/pull.ts";
import { sweepEnded } from "../sync/sweep.ts";
import { type Called, readerOf } from "./caller.ts";
import { LiveHeads, type ReadPage } from "./live-heads.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

const HEARTBEAT_MS = 15_000;
/** More than this is pulled, not told: records, and bytes. */
const PAGE_RECORDS = 200;
const PAGE_BYTES = 256 * 2 ** 10;
/** What may wait for a slow listener before it is told no more, bytes. */
const BACKLOG = 2 ** 20;

/**
 * The live stream: server-sent events that carry what comes in the feed of the caller's lens
 * (`page`), or say how far it has grown where that is too much (`head`), and whether something has
 * left it (`revoked`, S9). Each page says which position it follows: whoever stands elsewhere pulls,
 * so that a lost event loses nothing. The stream ends with the token, and with `changed` as soon as
 * the caller's role, standing or device is no longer what it was; from the moment that may be so
 * until it has been looked up, it tells nothing.
 */
export const liveRoute = (app: FastifyInstance, services: Services): void => {
  const { store, log, now } = services;
  const heads = new LiveHeads(store, readPage(services));

  const isStill = async (called: Called): Promise<boolean> => {
    const { viewer, installation, expiresAt, signedInAt } = called;
    const { accountId, tenant } = viewer;
    const [current, revoked, ended] = await store.reading(tenant.id, async (tx) => [
      await viewerOf(tx, accountId, tenant.id),
      installation && (await revokedAt(tx, installation.id, accountId)),
      await endedSession(tx, accountId, signedInAt),
    ]);
    if (!current.ok || ended !== null || Date.now() >= expiresAt) return false;
    const same = canonical(current.value) === canonical(viewer);
    return !revoked && !refusedReader(current.value) && same;
  };

  app.get(routes.live, async (request, reply) => {
    const called = await readerOf(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer, expiresAt } = called.value;

    const stream = new PassThrough();
    const lens = await openLens(store.db, viewer, now());
    const write = (event: string | Buffer) => stream.writable && stream.write(event);
    const tell = (event: "head" | "revoked", seq: number) => {
      const head: LiveHead = { lens: lens.id, seq };
      write(`event: ${event}\ndata: ${JSON.stringify(head)}\n\n`);
    };
    // The caller is known to be what it was as long as the last look-up that was begun said so.
    let begun = 0;
    let certain = 0;
    const endIfChanged = async () => {
      begun += 1;
      const turn = begun;
      const still = await isStill(called.value).catch((cause: unknown) => {
        log.warn({ err: cause }, "could not look up who listens");
        return null;
      });
      if (still === false) {
        write("event: changed\ndata: {}\n\n");
        stream.end();
      }
      if (still !== true) return;
      certain = Math.max(certain, turn);
      heads.again(lens.id);
    };
    const ready = () =>
      certain === begun &&
      Date.now() < expiresAt &&
      stream.writable &&
      stream.writableLength < BACKLOG;
    // Pages are read before they are told: news of an account that comes with a change is in time.
    const stopListening = store.listen((_heads, accounts) => {
      if (accounts.includes(viewer.accountId)) void endIfChanged();
    });
    const stopFollowing = heads.follow({ lens: lens.id, tenant: viewer.tenant.id }, lens.head, {
      tell,
      ready,
      page: write,
    });
    const beat = setInterval(() => {
      write(": beat\n\n");
      void endIfChanged();
    }, HEARTBEAT_MS);
    request.raw.on("close", () => stream.destroy());
    stream.on("drain", () => heads.again(lens.id));
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

/**
 * Reads what came after a position as an event for all who stand there; nothing that has ended. What
 * cannot be read is logged, and is not told this way.
 */
const readPage = (services: Services): ReadPage => {
  const read = pageReader(services);
  return (feed, after) =>
    read(feed, after).catch((cause: unknown) => {
      services.log.warn({ err: cause, lens: feed.lens, after }, "could not read a page to tell it");
      return null;
    });
};

const pageReader =
  ({ store, now }: Services): ReadPage =>
  async (feed, after) => {
    await sweepEnded(store, now());
    const page = await growthPage(store, feed, after, PAGE_RECORDS);
    if (page === null || page.records.length > PAGE_BYTES) return null;
    const data = pageText(page, now(), { after });
    const bytes = Buffer.concat([Buffer.from("event: page\ndata: "), data, Buffer.from("\n\n")]);
    return { bytes, seq: page.checkpoint.seq };
  };
