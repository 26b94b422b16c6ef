import type { Store } from "#server/store/store.ts";
import { coverageRows, recordRow } from "#server/sync/write-records.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { id } from "#shared/testing/builders.ts";
import { levels, people, records, tenants } from "./world.ts";

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
  await db
    .insertInto("role")
    .values(
      people.map(({ name, tenant, template, scope }) => ({
        id: id(`role of ${name}`),
        tenant_id: id(tenant),
        app: "partners",
        name: template,
        template,
        levels: JSON.stringify(levels[template]),
        scope,
      })),
    )
    .execute();
  await db
    .insertInto("account")
    .values(
      people.map(({ name, tenant }) => ({
        id: id(name),
        tenant_id: id(tenant),
        login: name,
        name,
        email: `${name}@example.org`,
        role_id: id(`role of ${name}`),
        suspended: 0,
        locale: "en",
      })),
    )
    .execute();
  await db.insertInto("record").values(records.map(recordRow)).execute();
  await db
    .insertInto("coverage")
    .values(
      records
        .filter(({ kind }) => kind === "agreement")
        .flatMap(({ data }) => coverageRows(data as DataOf<"agreement">)),
    )
    .execute();
};
