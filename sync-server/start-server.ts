import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { type DemoAccountLine, demoAccountLines, demoPassword } from "./demo/accounts.ts";
import { buildDemoWorld } from "./demo/build-world.ts";
import { describeDemoError } from "./demo/demo-error.ts";
import { hasWorld, loadWorld } from "./demo/load-world.ts";
import { makeAccounts, makeRoles, makeTenants } from "./demo/parties.ts";
import { readPlan } from "./demo/plan.ts";
import { type FilesOptions, openBlobs } from "./files/blobs.ts";
import { buildApp } from "./http/app.ts";
import { startEmbeddedProvider } from "./identity/embedded.ts";
import { createTokenVerifier } from "./identity/verify-token.ts";
import { openSqlite } from "./store/open-sqlite.ts";
import type { Store } from "./store/store.ts";
import { keepSweeping } from "./sync/sweep.ts";

/** How to run the embedded server; it listens on the loopback interface only. */
export interface ServerOptions {
  port: number;
  issuerPort: number;
  dataFolder: string;
  /** Where attachments lie; a folder beside the database where nothing is said. */
  files?: FilesOptions;
  log: Logger;
}

/** A running server with its identity provider. */
export interface RunningServer {
  url: string;
  issuer: string;
  accounts: DemoAccountLine[];
  password: string;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
const now = () => new Date().toISOString();

/**
 * Runs the sync server with its embedded SQLite store, identity provider and demo world, which is
 * loaded on first start. For development and demo: production brings its own provider. What stops
 * it is a failure, or a sentence for the person who started it.
 */
export const startServer = async (
  options: ServerOptions,
): Promise<Result<RunningServer, Failure | string>> => {
  const { dataFolder } = options;
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch {
    return err(fail("storage-unwritable", { file: dataFolder }));
  }
  const opened = await openSqlite(join(dataFolder, "server.db"));
  if (!opened.ok) return opened;
  const store = opened.value;
  const started = await serve(store, options);
  if (!started.ok) await store.close();
  return started;
};

const serve = async (
  store: Store,
  { dataFolder, files, port, issuerPort, log }: ServerOptions,
): Promise<Result<RunningServer, Failure | string>> => {
  const loaded = await loadFirstWorld(store);
  if (!loaded.ok) return loaded;
  const plan = readPlan();
  if (!plan.ok) return err(describeDemoError(plan.error));
  const people = {
    tenants: makeTenants(plan.value),
    roles: makeRoles(plan.value),
    accounts: makeAccounts(plan.value),
  };
  const url = `http://${HOST}:${port}`;
  const provider = await startEmbeddedProvider({
    dataFolder,
    port: issuerPort,
    people,
    resource: url,
    log,
  });
  if (!provider.ok) return provider;
  const { issuer } = provider.value;
  const app = await buildApp({
    store,
    log,
    now,
    requestsPerMinute: 20_000,
    blobs: openBlobs(files ?? { store: "local", folder: join(dataFolder, "files") }),
    authenticate: authenticator(issuer, url, log),
  });
  try {
    // After a change hundreds of clients connect at once.
    await app.listen({ host: HOST, port, backlog: 4096 });
  } catch (cause) {
    await provider.value.close();
    return err(portSentence(cause, port));
  }
  const stopSweeping = keepSweeping(store, now, log);
  return ok({
    url,
    issuer,
    accounts: demoAccountLines(people),
    password: demoPassword,
    close: async () => {
      stopSweeping();
      await app.close();
      await provider.value.close();
      await store.close();
    },
  });
};

const loadFirstWorld = async (store: Store): Promise<Result<null, string>> => {
  if (await hasWorld(store)) return ok(null);
  const built = buildDemoWorld({ now: new Date() });
  if (!built.ok) return err(describeDemoError(built.error));
  await loadWorld(store, built.value.world);
  return ok(null);
};

const authenticator = (issuer: string, audience: string, log: Logger) => {
  const verify = createTokenVerifier({ issuer, audience });
  return async (authorization: string | undefined) => {
    const token = await verify(authorization);
    if (token.ok) return token;
    log.info({ code: token.error.code }, "a token was refused");
    return err(
      token.error.code === "issuer-unreachable"
        ? fail("provider-unreachable")
        : fail("token-rejected", { reason: token.error.code }),
    );
  };
};

const portSentence = (cause: unknown, port: number): string =>
  (cause as { code?: string }).code === "EADDRINUSE"
    ? `Port ${port} is in use: stop what runs there, or choose another with --server-port.`
    : `Port ${port} cannot be listened on: ${String(cause)}`;
