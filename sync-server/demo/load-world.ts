import type { DataOf } from "#shared/domain/registry.ts";
import type { Store } from "../store/store.ts";
import { coverageRows, recordRow } from "../sync/write-records.ts";
import type { DemoWorld } from "./world.ts";

const CHUNK = 500;

const inChunks = async <T>(all: readonly T[], write: (chunk: T[]) => Promise<unknown>) => {
  for (let i = 0; i < all.length; i += CHUNK) await write(all.slice(i, i + CHUNK));
};

/** Whether a world has been loaded into the store before. */
export const hasWorld = async ({ db }: Store): Promise<boolean> =>
  (await db.selectFrom("tenant").select("id").limit(1).executeTakeFirst()) !== undefined;

/** Puts the demo world into an empty store, whole or not at all. */
export const loadWorld = (store: Store, world: DemoWorld): Promise<void> =>
  store.db.transaction().execute(async (tx) => {
    await inChunks(world.tenants, (chunk) =>
      tx
        .insertInto("tenant")
        .values(chunk.map((t) => ({ ...t, entitlements: JSON.stringify(t.entitlements) })))
        .execute(),
    );
    await inChunks(world.roles, (chunk) =>
      tx
        .insertInto("role")
        .values(
          chunk.map(({ id, tenantId, app, name, template, levels, scope }) => ({
            ...{ id, app, name, template, scope },
            tenant_id: tenantId,
            levels: JSON.stringify(levels),
          })),
        )
        .execute(),
    );
    await inChunks(world.accounts, (chunk) =>
      tx
        .insertInto("account")
        .values(
          chunk.map(({ id, tenantId, login, name, email, roleId, suspended, locale }) => ({
            ...{ id, login, name, email, locale },
            tenant_id: tenantId,
            role_id: roleId,
            suspended: suspended ? 1 : 0,
          })),
        )
        .execute(),
    );
    await inChunks(world.records, (chunk) =>
      tx.insertInto("record").values(chunk.map(recordRow)).execute(),
    );
    const covered = world.records
      .filter((r) => r.kind === "agreement")
      .flatMap((r) => coverageRows(r.data as DataOf<"agreement">));
    await inChunks(covered, (chunk) => tx.insertInto("coverage").values(chunk).execute());
  });
