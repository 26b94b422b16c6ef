import type { Kysely } from "kysely";
import { afterAll, beforeAll } from "vitest";
import { NOW } from "#shared/testing/builders.ts";
import type { Change } from "../../access/change-account.ts";
import type { RecordWrite } from "../../sync/record-row.ts";
import { writeRecords } from "../../sync/write-records.ts";
import { serve } from "../../testing/client.ts";
import { seed } from "../../testing/world.ts";
import type { Database } from "../schema.ts";
import type { Store } from "../store.ts";

/** A store, and its database as whoever owns it sees it: with every right there is. */
export interface Kept {
  store: Store;
  owner: Kysely<Database>;
}

/** A test world on a store of its own, with the real application over it. */
export interface Ground {
  readonly store: Store;
  readonly owner: Kysely<Database>;
  readonly server: Awaited<ReturnType<typeof serve>>;
  /** The server's clock, ISO: it stands where it is put. */
  now: string;
  /** Writes records as the server itself would, and announces what grew. */
  put(...writes: RecordWrite[]): Promise<void>;
  /** An administrator, acting now. */
  admin(): Change;
}

const opened = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error("the store is not open yet");
  return value;
};

/** Opens a store and fills it before the tests of a group, and closes it after them. */
export const groundOn = (open: () => Promise<Kept>): Ground => {
  let kept: Kept | undefined;
  let server: Awaited<ReturnType<typeof serve>> | undefined;
  const ground: Ground = {
    get store() {
      return opened(kept).store;
    },
    get owner() {
      return opened(kept).owner;
    },
    get server() {
      return opened(server);
    },
    now: NOW,
    put: (...writes) =>
      ground.store.db.transaction().execute(async (tx) => {
        await ground.store.announce(tx, await writeRecords(tx, writes, ground.now));
      }),
    admin: () => ({
      by: { accountId: "", name: "administrator", tenantId: "", tenantName: "" },
      at: ground.now,
    }),
  };
  beforeAll(async () => {
    kept = await open();
    await seed(kept.store);
    server = await serve(kept.store, () => ground.now);
  });
  afterAll(async () => {
    await server?.app.close();
    await kept?.store.close();
    if (kept?.owner !== kept?.store.db) await kept?.owner.destroy();
  });
  return ground;
};
