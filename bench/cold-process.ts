import { createRouterClient } from "@orpc/server";
import pino from "pino";
import type { StoredSignIn } from "#core/auth/session.ts";
import type { TokenVault } from "#core/auth/token-vault.ts";
import { Core } from "#core/core.ts";
import { PreferenceStore } from "#core/preferences.ts";
import { createRouter } from "#core/router.ts";
import { anyWork } from "#shared/ipc/views.ts";
import { ok } from "#shared/result.ts";
import { type Usage, usage } from "./lib/usage.ts";

/** What this process says once, with its first page. */
export interface ColdNews {
  rows: number;
  usage: Usage;
  /** When the core stood, ms after the process began. */
  startedMs: number;
}

process.once("disconnect", () => process.exit(0));

/** The core, started upon a device that was signed in, until the first page of the queue is there. */
const [folder = "", key = "", sub = ""] = process.argv.slice(2);
const issuer = "http://127.0.0.1:1";
const clientId = "riversync-desktop";

const fixed = (secret: unknown): TokenVault => ({
  load: async () => ok(secret),
  save: async () => ok(undefined),
  clear: async () => ok(undefined),
});

const signIn: StoredSignIn = {
  version: 1,
  issuer,
  clientId,
  idToken: "",
  session: {
    sub,
    tenant: sub,
    apps: { partners: "coordinator" },
    name: "Nok",
    email: "nok@example.org",
    signedInAt: 0,
    authTime: null,
    ended: true,
  },
};

const core = await Core.start({
  info: {
    host: "browser",
    version: "0.0.0",
    serverUrl: issuer,
    dataFolder: folder,
    secretStore: "owner-only-file",
  },
  issuer,
  clientId,
  tokenVault: fixed(signIn),
  keyVault: fixed({ version: 1, databases: { [sub]: key } }),
  log: pino({ level: "silent" }),
});
const started = performance.now();
const client = createRouterClient(createRouter(core, new PreferenceStore(folder)));
for await (const page of await client.work.watch({ filter: anyWork, offset: 0, limit: 50 })) {
  const news: ColdNews = { rows: page.rows.length, usage: usage(), startedMs: started };
  process.send?.(news);
  break;
}
