import type { Store } from "../store/store.ts";
import { insertWorld } from "../sync/derived-rows.ts";
import type { DemoWorld } from "./world.ts";

/** Whether a world has been loaded into the store before. */
export const hasWorld = async ({ db }: Store): Promise<boolean> =>
  (await db.selectFrom("tenant").select("id").limit(1).executeTakeFirst()) !== undefined;

/** Puts the demo world into an empty store, whole or not at all. */
export const loadWorld = (store: Store, world: DemoWorld): Promise<void> =>
  store.db.transaction().execute(async (tx) => {
    await tx
      .insertInto("tenant")
      .values(world.tenants.map((t) => ({ ...t, entitlements: JSON.stringify(t.entitlements) })))
      .execute();
    await insertWorld(tx, world.records);
  });
