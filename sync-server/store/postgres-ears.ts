import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { OnLost } from "./postgres-pool.ts";

/** How often the connection is asked whether it is still there, and how long it may take, ms. */
const ASKED_EVERY_MS = 15_000;
const ANSWER_MS = 10_000;

/** Pauses before it is tried again, ms: doubled each time, up to the last. */
const FIRST_PAUSE_MS = 50;
const LAST_PAUSE_MS = 5_000;

/** What is heard on a channel. */
export interface Ears {
  /** A notification's text. */
  heard(text: string): void;
  /** The connection was lost and is back: whatever was said meanwhile was not heard. */
  missed(): Promise<void>;
  lost: OnLost;
}

/**
 * Listens on a channel of PostgreSQL until it is told to stop, over one connection, and over another
 * one where that breaks. Rejects where the first cannot be had. Returns how to stop.
 */
export const listenOn = async (
  url: string,
  channel: string,
  ears: Ears,
): Promise<() => Promise<void>> => {
  const stop = new AbortController();
  const { signal } = stop;
  const again = async (): Promise<Connection> => {
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LAST_PAUSE_MS)) {
      // Not all at once: several processes have lost the same server.
      const jitter = wait * (0.5 + Math.random());
      await pause(jitter, undefined, { ref: false, signal }).catch(() => {});
      if (signal.aborted) return nothing;
      try {
        return await connect(url, channel, ears, ears.missed);
      } catch (cause) {
        ears.lost(cause);
      }
    }
  };
  let current = await connect(url, channel, ears);
  const hearing = (async () => {
    while (!signal.aborted) {
      await current.ended;
      if (!signal.aborted) current = await again();
    }
    await current.end();
  })();
  return async () => {
    stop.abort();
    await current.end();
    await hearing;
  };
};

interface Connection {
  /** Resolves once it is no more. */
  ended: Promise<void>;
  end(): Promise<void>;
}

const nothing: Connection = { ended: Promise.resolve(), end: async () => {} };

const connect = async (
  url: string,
  channel: string,
  ears: Ears,
  first: () => Promise<void> = async () => {},
): Promise<Connection> => {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
  });
  const ended = new Promise<void>((resolve) => client.once("end", resolve));
  client.on("error", ears.lost);
  client.on("notification", ({ payload }) => ears.heard(payload ?? ""));
  const end = () => client.end().catch(ears.lost);
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    await first();
  } catch (cause) {
    await end();
    throw cause;
  }
  // A connection that broke somewhere on its way says nothing by itself.
  const asking = setInterval(() => {
    client.query("SELECT 1").catch(() => void end());
  }, ASKED_EVERY_MS);
  asking.unref();
  return { ended: ended.finally(() => clearInterval(asking)), end };
};
