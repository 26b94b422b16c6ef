import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { invitationsOf } from "./access/invitations.ts";
import { loadSigningKey } from "./audit/signing-key.ts";
import { type DemoAccountLine, demoAccountLines, demoPassword } from "./demo/accounts.ts";
import { buildDemoWorld } from "./demo/build-world.ts";
import { describeDemoError } from "./demo/demo-error.ts";
import { hasWorld, loadWorld } from "./demo/load-world.ts";
import { makePeople, makeRoles, makeTenants } from "./demo/parties.ts";
import { readPlan } from "./demo/plan.ts";
import { type FilesOptions, openBlobs } from "./files/blobs.ts";
import { buildApp } from "./http/app.ts";
import type { IssuerOptions } from "./identity/issuer-options.ts";
import { openIdentity } from "./identity/open-identity.ts";
import { openStore } from "./store/open-store.ts";
import type { PostgresUrls } from "./store/postgres-logins.ts";
import type { Store } from "./store/store.ts";
import { keepSweeping } from "./sync/sweep.ts";

/** How to run the embedded server; it listens on the loopback interface only. */
export interface ServerOptions {
  port: number;
  issuerPort: number;
  dataFolder: string;
  /** Whom people sign in with; the embedded provider where nothing is said. */
  issuer?: IssuerOptions;
  /** The address clients know this server by; the one it listens at where nothing is said. */
  publicUrl?: string;
  /** The PostgreSQL database; a SQLite file in the data folder where nothing is said. */
  database?: PostgresUrls;
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
 * Runs the sync server with its store, identity provider and demo world, which is loaded on first
 * start. For development and demo: production brings its own provider. What stops
 * it is a failure, or a sentence for the person who started it.
 */
export const startServer = async (
  options: ServerOptions,
): Promise<Result<RunningServer, Failure | string>> => {
  const { dataFolder, database = null, log } = options;
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch {
    return err(fail("storage-unwritable", { file: dataFolder }));
  }
  const opened = await openStore(database, dataFolder, log);
  if (!opened.ok) return opened;
  const store = opened.value;
  const started = await serve(store, options);
  if (!started.ok) await store.close();
  return started;
};

const serve = async (
  store: Store,
  options: ServerOptions,
): Promise<Result<RunningServer, Failure | string>> => {
  const { dataFolder, files, port, issuerPort, log } = options;
  const loaded = await loadFirstWorld(store);
  if (!loaded.ok) return loaded;
  const plan = readPlan();
  if (!plan.ok) return err(describeDemoError(plan.error));
  const people = makePeople(plan.value, makeRoles(plan.value));
  const accounts = demoAccountLines(makeTenants(plan.value), people);
  const demo = { ids: people.map(({ id }) => id), accounts, password: demoPassword };
  const auditKey = await loadSigningKey(dataFolder, process.env);
  if (!auditKey.ok) return auditKey;
  const url = `http://${HOST}:${port}`;
  const identity = await openIdentity({
    store,
    issuer: options.issuer ?? null,
    embedded: { dataFolder, port: issuerPort, demo },
    publicUrl: options.publicUrl ?? url,
    invitations: invitationsOf(store, now),
    log,
  });
  if (!identity.ok) return identity;
  const { issuer, services } = identity.value;
  const app = await buildApp({
    store,
    log,
    now,
    requestsPerMinute: 20_000,
    requestsPerAccount: 6_000,
    auditKey: auditKey.value,
    blobs: openBlobs(files ?? { store: "local", folder: join(dataFolder, "files") }),
    ...services,
  });
  try {
    // After a change hundreds of clients connect at once.
    await app.listen({ host: HOST, port, backlog: 4096 });
  } catch (cause) {
    await identity.value.close();
    return err(portSentence(cause, port));
  }
  const stopSweeping = keepSweeping(store, now, log);
  return ok({
    url,
    issuer,
    accounts,
    password: demoPassword,
    close: async () => {
      stopSweeping();
      await app.close();
      await identity.value.close();
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

const portSentence = (cause: unknown, port: number): string =>
  (cause as { code?: string }).code === "EADDRINUSE"
    ? `Port ${port} is in use: stop what runs there, or choose another with --server-port.`
    : `Port ${port} cannot be listened on: ${String(cause)}`;
