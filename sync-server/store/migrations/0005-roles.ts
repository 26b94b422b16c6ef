import type { Kysely } from "kysely";
import type { Grant } from "#shared/domain/grant/grant.ts";
import { backfillPeople } from "../../access/backfill.ts";
import { linkRows } from "../../sync/record-row.ts";
import type { Database } from "../schema.ts";

/**
 * One role per app instead of one in Partners, with the apps it reaches and where it applies; and
 * people, roles and partners as records, from which these tables follow.
 */
export const up = async (db: Kysely<Database>): Promise<void> => {
  const alter = (table: string) => db.schema.alterTable(table);
  await db.schema
    .createTable("account_role")
    .addColumn("account_id", "text", (c) => c.notNull().references("account.id"))
    .addColumn("app", "text", (c) => c.notNull())
    .addColumn("role_id", "text", (c) => c.notNull().references("role.id"))
    .addPrimaryKeyConstraint("account_role_pk", ["account_id", "app"])
    .execute();
  await db.schema.createIndex("account_role_role").on("account_role").column("role_id").execute();
  await alter("role")
    .addColumn("apps", "text", (c) => c.notNull().defaultTo("[]"))
    .execute();
  await alter("account").addColumn("scope", "text").execute();
  await alter("installation")
    .addColumn("name", "text", (c) => c.notNull().defaultTo(""))
    .execute();
  await alter("installation").addColumn("thumbprint", "text").execute();
  await db.schema
    .createIndex("installation_key")
    .on("installation")
    .columns(["account_id", "thumbprint"])
    .execute();
  await db.schema
    .createTable("invitation")
    .addColumn("person_id", "text", (c) => c.primaryKey())
    .addColumn("tenant_id", "text", (c) => c.notNull().references("tenant.id"))
    .addColumn("hash", "text", (c) => c.notNull().unique())
    .execute();
  await db.schema
    .createTable("grant_link")
    .addColumn("grant_id", "text", (c) => c.primaryKey())
    .addColumn("customer_id", "text", (c) => c.notNull())
    .addColumn("until", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("grant_link_until").on("grant_link").column("until").execute();
  await linkGrants(db);
  await backfillPeople(db);
  await alter("role").dropColumn("app").execute();
  await alter("account").dropColumn("role_id").execute();
};

const linkGrants = async (db: Kysely<Database>): Promise<void> => {
  const rows = await db.selectFrom("record").select("data").where("kind", "=", "grant").execute();
  const links = rows.flatMap(({ data }) => linkRows(JSON.parse(data) as Grant));
  for (const link of links) await db.insertInto("grant_link").values(link).execute();
};

/** The same in both databases. */
export const dialectUp = { sqlite: async () => {}, postgres: async () => {} };
