import type { Store } from "#server/store/store.ts";
import { insertWorld } from "#server/sync/derived-rows.ts";
import { id } from "#shared/testing/builders.ts";
import { records, tenants } from "./world.ts";

/** Puts the world into an empty store, as it is before anyone has signed in. */
export const seedWorld = async ({ db }: Store): Promise<void> => {
  await db
    .insertInto("tenant")
    .values(
      tenants.map(({ name, kind, subtype, entitlements }) => ({
        id: id(name),
        name,
        kind,
        subtype,
        tier: subtype && "gold",
        entitlements: JSON.stringify(entitlements),
      })),
    )
    .execute();
  await insertWorld(db, records);
};
