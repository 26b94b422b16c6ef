import type { Readable } from "node:stream";
import pino from "pino";
import type { Intent } from "#shared/domain/intent.ts";
import { fail } from "#shared/failure.ts";
import { err, ok } from "#shared/result.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import {
  type Checkpoint,
  INSTALLATION,
  type LiveHead,
  type LivePage,
  MeResponse,
  PullResponse,
  PushResponse,
  RevocationsResponse,
  routes,
  type WireRecord,
} from "#shared/sync/wire.ts";
import { id, NOW } from "#shared/testing/builders.ts";
import { makeSigningKey } from "../audit/signing-key.ts";
import type { Blobs } from "../files/blobs.ts";
import { buildApp } from "../http/app.ts";
import type { Store } from "../store/store.ts";

const homes: Record<string, string> = { Rex: "Rival", Ann: "Acme", Cora: "Acme" };

/**
 * The real application over a store, asked as one account or another, "Nok", or from one device of
 * it, "Nok on tablet". Tokens are taken at their word ("Bearer NAME"): proving them is held by the
 * tests of identity.
 */
export const serve = async (store: Store, now: () => string = () => NOW, blobs?: Blobs) => {
  const proved: { ago: number | null } = { ago: 0 };
  const app = await buildApp({
    store,
    log: pino({ level: "silent" }),
    requestsPerMinute: 100_000,
    now,
    auditKey: await makeSigningKey(),
    ...(blobs === undefined ? {} : { blobs }),
    authenticate: async ({ authorization }) => {
      // "Bearer NAME#KEY" is bound to a key.
      const [name, key = null] = authorization?.replace("Bearer ", "").split("#") ?? [];
      if (name === undefined) return err(fail("token-rejected"));
      return ok({
        sub: id(name),
        tenant: id(homes[name] ?? "Nera"),
        expiresAt: Date.now() + 60_000,
        thumbprint: key,
        authTime: proved.ago === null ? null : Date.parse(now()) - proved.ago,
      });
    },
  });
  const post = (who: string, url: string, payload: object) =>
    app.inject({ method: "POST", url, headers: headersOf(who), payload });
  const pullRaw = (who: string, after: Checkpoint | null = null, limit = 1000) =>
    post(who, routes.pull, { protocol: PROTOCOL, after, limit });
  const pushRaw = (who: string, intents: unknown[], sentAt?: string) =>
    post(who, routes.push, {
      protocol: PROTOCOL,
      installation: headersOf(who)[INSTALLATION] ?? id("installation"),
      appVersion: "test",
      sentAt,
      intents,
    });
  const revocationsRaw = (who: string, after: Checkpoint | null = null, limit = 1000) =>
    post(who, routes.revocations, { protocol: PROTOCOL, after, limit });
  return {
    app,
    /** How long ago everybody proved who they are, ms; null where nobody knows. */
    proved,
    post,
    pullRaw,
    pushRaw,
    revocationsRaw,
    revocations: async (who: string, after: Checkpoint | null = null, limit = 1000) =>
      RevocationsResponse.parse((await revocationsRaw(who, after, limit)).json()),
    live: async (who: string) => {
      const answer = await app.inject({
        url: routes.live,
        headers: headersOf(who),
        payloadAsStream: true,
      });
      return liveEvents(answer.stream());
    },
    pull: async (who: string, after: Checkpoint | null = null, limit = 1000) =>
      PullResponse.parse((await pullRaw(who, after, limit)).json()),
    push: async (who: string, ...intents: Intent[]) =>
      PushResponse.parse((await pushRaw(who, intents)).json()),
    me: async (who: string) =>
      MeResponse.parse(
        (
          await app.inject({
            url: routes.me,
            headers: headersOf(who),
          })
        ).json(),
      ),
  };
};

const headersOf = (who: string): Record<string, string> => {
  const [name = "", device] = who.split(" on ");
  return {
    authorization: `Bearer ${name}`,
    ...(device === undefined ? {} : { [INSTALLATION]: id(device) }),
  };
};

/**
 * The events of a live stream, as they come; `next` waits for one of that name. `texts` is the data
 * of all that have come, as it was written.
 */
const liveEvents = (stream: Readable) => {
  const chunks = stream.setEncoding("utf8")[Symbol.asyncIterator]();
  const names: string[] = [];
  const texts: string[] = [];
  let text = "";
  const next = async (name: string): Promise<Partial<LiveHead & LivePage>> => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end === -1) {
        const chunk = await chunks.next();
        if (chunk.done) throw new Error(`the stream ended before "${name}"`);
        text += String(chunk.value);
        continue;
      }
      const [event = "", data = ""] = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      names.push(event.replace("event: ", ""));
      texts.push(data);
      if (event === `event: ${name}`) return JSON.parse(data.replace("data: ", ""));
    }
  };
  return { next, names, texts, close: () => stream.destroy() };
};

/** "kind:name" of each record that has data, for people to read. */
export const seen = (records: WireRecord[]): string[] =>
  records
    .filter((r) => r.data !== null)
    .map((r) => {
      const d = r.data as { name?: string; title?: string; number?: string; metric?: string };
      return `${r.kind}:${d.name ?? d.title ?? d.number ?? d.metric ?? "-"}`;
    })
    .sort();
