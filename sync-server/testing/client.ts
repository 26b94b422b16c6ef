import pino from "pino";
import type { Intent } from "#shared/domain/intent.ts";
import { fail } from "#shared/failure.ts";
import { err, ok } from "#shared/result.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import {
  type Checkpoint,
  MeResponse,
  PullResponse,
  PushResponse,
  routes,
  type WireRecord,
} from "#shared/sync/wire.ts";
import { id, NOW } from "#shared/testing/builders.ts";
import { buildApp } from "../http/app.ts";
import type { Store } from "../store/store.ts";

const homes: Record<string, string> = { Rex: "Rival", Ann: "Acme" };

/**
 * The real application over a store, asked as one account or another. Tokens are taken at their
 * word ("Bearer NAME"): proving them is held by the tests of identity.
 */
export const serve = async (store: Store, now: () => string = () => NOW) => {
  const app = await buildApp({
    store,
    log: pino({ level: "silent" }),
    requestsPerMinute: 100_000,
    now,
    authenticate: async (authorization) => {
      const name = authorization?.replace("Bearer ", "");
      if (name === undefined) return err(fail("token-rejected"));
      return ok({
        sub: id(name),
        tenant: id(homes[name] ?? "Nera"),
        expiresAt: Date.now() + 60_000,
      });
    },
  });
  const post = (who: string, url: string, payload: object) =>
    app.inject({ method: "POST", url, headers: { authorization: `Bearer ${who}` }, payload });
  const pullRaw = (who: string, after: Checkpoint | null = null, limit = 1000) =>
    post(who, routes.pull, { protocol: PROTOCOL, after, limit });
  const pushRaw = (who: string, intents: unknown[]) =>
    post(who, routes.push, {
      protocol: PROTOCOL,
      installation: id("installation"),
      appVersion: "test",
      intents,
    });
  return {
    app,
    post,
    pullRaw,
    pushRaw,
    pull: async (who: string, after: Checkpoint | null = null, limit = 1000) =>
      PullResponse.parse((await pullRaw(who, after, limit)).json()),
    push: async (who: string, ...intents: Intent[]) =>
      PushResponse.parse((await pushRaw(who, intents)).json()),
    me: async (who: string) =>
      MeResponse.parse(
        (
          await app.inject({
            url: routes.me,
            headers: { authorization: `Bearer ${who}` },
          })
        ).json(),
      ),
  };
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
