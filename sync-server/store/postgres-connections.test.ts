import type { Transaction } from "kysely";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { id, ticket } from "#shared/testing/builders.ts";
import { writeRecords } from "../sync/write-records.ts";
import { serve } from "../testing/client.ts";
import { devices, seed } from "../testing/world.ts";
import type { Database } from "./schema.ts";
import type { Heads, Store } from "./store.ts";
import { isStoreAway } from "./store-away.ts";
import { type TestDatabase, testCluster } from "./testing/cluster.ts";

const cluster = testCluster();
const lost: unknown[] = [];
let database: TestDatabase;
let store: Store;
let server: Awaited<ReturnType<typeof serve>>;
let admin: pg.Client;

beforeAll(async () => {
  database = await cluster.database();
  store = await database.open((cause) => lost.push(cause));
  await seed(store);
  server = await serve(store);
  // From another database, so that nothing that happens to this one is in its way.
  admin = new pg.Client(Object.assign(new URL(database.superuser), { pathname: "/postgres" }).href);
  await admin.connect();
});
afterEach(() => lost.splice(0));
afterAll(async () => {
  await server?.app.close();
  await store?.close();
  await admin?.end();
  await cluster.stop();
});

const NAME = "riversync_1";
const LISTENS = "query LIKE 'LISTEN%'";

/** Ends the server's connections to the database, as an administrator or a failing network would. */
const terminate = (which = "true") =>
  admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${NAME}' AND ${which}`,
  );

const connected = async (which = "true"): Promise<number> => {
  const { rows } = await admin.query(
    `SELECT FROM pg_stat_activity WHERE datname = '${NAME}' AND ${which}`,
  );
  return rows.length;
};

const lenses = () =>
  store.reading(id("Nera"), (tx) => tx.selectFrom("lens").select("id").execute());

const retitle = async (tx: Transaction<Database>, title: string): Promise<void> => {
  const data = { ...ticket("pump-ticket", devices.pump), title };
  const now = new Date().toISOString();
  await store.announce(tx, await writeRecords(tx, [{ kind: "ticket", id: data.id, data }], now));
};

test("a connection that breaks while nobody uses it is replaced", async () => {
  await lenses();
  await terminate();
  await expect.poll(() => lost.length).toBeGreaterThan(0);
  expect(await lenses()).toEqual([]);
});

test("[S5] one that breaks in the middle of its work costs that work, and says nothing of it", async () => {
  const ours = "query LIKE '%set_config%'";
  const broken = store.reading(id("Nera"), async (tx) => {
    await terminate(ours);
    await expect.poll(() => connected(ours)).toBe(0);
    return tx.selectFrom("lens").select("id").execute();
  });
  await expect(broken).rejects.toSatisfy(isStoreAway);
  expect(await lenses()).toEqual([]);
});

test("[S9] whoever listens hears of all that may have happened while nothing was heard", async () => {
  const { lens } = await server.me("Nok");
  const told: { heads: Heads; accounts: readonly string[] }[] = [];
  const stop = store.listen((heads, accounts) => told.push({ heads, accounts }));
  await terminate(LISTENS);
  await expect.poll(() => told.length).toBe(1);
  stop();
  expect(told[0]?.heads[lens]).toEqual({ seq: expect.any(Number), revoked: true });
  expect(told[0]?.accounts).toContain(id("Nok"));
});

test("[S7] a live stream tells a change that was announced while nothing was heard", async () => {
  const nok = await server.live("Nok");
  await nok.next("head");
  // What works in the database goes on with it, and nobody else comes in.
  await store.db.transaction().execute(async (tx) => {
    await retitle(tx, "unheard");
    await admin.query(`ALTER DATABASE ${NAME} ALLOW_CONNECTIONS false`);
    await terminate(LISTENS);
    await expect.poll(() => lost.join()).toMatch(/not currently accepting connections/);
  });
  expect(await connected(LISTENS)).toBe(0);
  await admin.query(`ALTER DATABASE ${NAME} ALLOW_CONNECTIONS true`);
  const page = await nok.next("page");
  expect(page.records?.map((r) => r.data?.title)).toEqual(["unheard"]);
  await store.db.transaction().execute((tx) => retitle(tx, "heard"));
  expect((await nok.next("page")).records?.[0]?.data?.title).toBe("heard");
  nok.close();
});

test("a store is closed also while it is not heard of", async () => {
  const other = await cluster.database();
  const causes: unknown[] = [];
  const closing = await other.open((cause) => causes.push(cause));
  await admin.query("ALTER DATABASE riversync_2 ALLOW_CONNECTIONS false");
  await admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'riversync_2'",
  );
  await expect.poll(() => causes.join()).toMatch(/not currently accepting connections/);
  await closing.close();
});
