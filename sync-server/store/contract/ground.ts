import { afterAll, beforeAll } from "vitest";
import { NOW } from "#shared/testing/builders.ts";
import type { Change } from "../../access/change-account.ts";
import { type RecordWrite, writeRecords } from "../../sync/write-records.ts";
import { serve } from "../../testing/client.ts";
import { seed } from "../../testing/world.ts";
import type { Store } from "../store.ts";

/** A test world on a store of its own, with the real application over it. */
export interface Ground {
  readonly store: Store;
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
export const groundOn = (open: () => Promise<Store>): Ground => {
  let store: Store | undefined;
  let server: Awaited<ReturnType<typeof serve>> | undefined;
  const ground: Ground = {
    get store() {
      return opened(store);
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
    store = await open();
    await seed(store);
    server = await serve(store, () => ground.now);
  });
  afterAll(async () => {
    await server?.app.close();
    await store?.close();
  });
  return ground;
};
