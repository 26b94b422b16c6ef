import type { AddressInfo } from "node:net";
import { join } from "node:path";
import pino from "pino";
import { viewerOf } from "#server/access/viewers.ts";
import { buildApp } from "#server/http/app.ts";
import { openSqlite } from "#server/store/open-sqlite.ts";
import type { Store } from "#server/store/store.ts";
import { openLens } from "#server/sync/lens.ts";
import { writeRecords } from "#server/sync/write-records.ts";
import { everywhere } from "#shared/access/scope.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { ok } from "#shared/result.ts";
import { answer, clockMs } from "./lib/answer.ts";
import { fillStore } from "./world/fill-store.ts";
import { id } from "./world/id.ts";
import { regions } from "./world/places.ts";
import { partner, people } from "./world/records.ts";

/** The sync server of the benchmark, in a process of its own. */
const now = () => new Date().toISOString();
let store: Store | null = null;
let stopListening: () => Promise<void> = async () => {};

const opened = (): Store => {
  if (store === null) throw new Error("the server has not been started");
  return store;
};

const handlers = {
  /** Fills a store, builds the lens, and listens. */
  start: async ({ folder, total }: { folder: string; total: number }) => {
    const file = join(folder, "server.db");
    const made = await openSqlite(file);
    if (!made.ok) throw new Error(made.error.code);
    store = made.value;
    const seeding = clockMs();
    fillStore(file, total);
    const filling = clockMs();
    const viewer = await viewerOf(store.db, people[0]?.id ?? "", partner.id);
    if (!viewer.ok) throw new Error(viewer.error.code);
    const lens = await openLens(store.db, viewer.value, now());
    const filled = clockMs();
    const app = await buildApp({
      store,
      log: pino({ level: "silent" }),
      requestsPerMinute: 1_000_000,
      now,
      // Tokens are taken at their word, "Bearer NAME": proving them is not what is measured.
      authenticate: async ({ authorization }) =>
        ok({
          sub: id(authorization?.replace("Bearer ", "") ?? ""),
          tenant: partner.id,
          expiresAt: Date.now() + 3_600_000,
        }),
    });
    // Hundreds of clients come at once after each change: none of them is to be turned away.
    await app.listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
    stopListening = () => app.close();
    return {
      url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
      records: lens.head,
      seedSeconds: (filling - seeding) / 1000,
      lensSeconds: (filled - filling) / 1000,
    };
  },

  /** Ids of tickets that everyone sees. */
  tickets: async ({ count }: { count: number }) => {
    const rows = await opened()
      .db.selectFrom("record")
      .select("id")
      .where("kind", "=", "ticket")
      .orderBy("id", "desc")
      .limit(count)
      .execute();
    return rows.map((row) => row.id);
  },

  /**
   * Narrows what `count` people see, each by something that leaves out no record: they see the same
   * through lenses of their own. Answers who they are.
   */
  makeLenses: async ({ count }: { count: number }) => {
    const { db } = opened();
    const others = people.slice(2, 2 + count);
    for (const [n, { id: accountId }] of others.entries()) {
      const scope = { ...everywhere, regions: [...regions, `Nowhere ${n}`] };
      const row = db.updateTable("account").set({ scope: JSON.stringify(scope) });
      await row.where("id", "=", accountId).execute();
      const viewer = await viewerOf(db, accountId, partner.id);
      if (!viewer.ok) throw new Error(viewer.error.code);
      await openLens(db, viewer.value, now());
    }
    return others.map(({ name }) => name);
  },

  /** Ends agreements until at least `wanted` records have left the lens (S9). */
  endAgreements: async ({ wanted }: { wanted: number }) => {
    const { db } = opened();
    const agreements = await db
      .selectFrom("record")
      .select(["id", "data", "customer_id"])
      .where("kind", "=", "agreement")
      .orderBy("customer_id")
      .execute();
    const seen = async () => {
      const row = await db
        .selectFrom("feed")
        .select((s) => s.fn.countAll<number>().as("n"))
        .where("doc", "is not", null)
        .executeTakeFirstOrThrow();
      return row.n;
    };
    const sizes = await db
      .selectFrom("feed")
      .select((s) => ["customer_id", s.fn.countAll<number>().as("n")])
      .groupBy("customer_id")
      .execute();
    const chosen: typeof agreements = [];
    let covered = 0;
    for (const agreement of agreements) {
      if (covered >= wanted) break;
      chosen.push(agreement);
      covered += sizes.find((s) => s.customer_id === agreement.customer_id)?.n ?? 0;
    }
    const before = await seen();
    const began = clockMs();
    await db.transaction().execute(async (tx) => {
      const writes = chosen.map(({ id, data }) => ({
        kind: "agreement" as const,
        id,
        data: { ...(JSON.parse(data) as DataOf<"agreement">), status: "terminated" },
      }));
      await opened().announce(tx, await writeRecords(tx, writes, now()));
    });
    return { began, committed: clockMs(), gone: before - (await seen()) };
  },
};

export type ServerHandlers = typeof handlers;

answer(handlers, async () => {
  await stopListening();
  await store?.close();
});
