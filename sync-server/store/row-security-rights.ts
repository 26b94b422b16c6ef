import { type Kysely, type RawBuilder, sql } from "kysely";
import { sha256 } from "./canonical.ts";
import { type TenantBound, tenantBound } from "./row-security.ts";
import { tenantFunction } from "./row-security-tenant.ts";
import type { Database } from "./schema.ts";
import { transact } from "./transact.ts";

/** The setting with which the owner says that it changes the shape of the store. */
export const MIGRATING = "riversync.migrating";

const rights: Record<TenantBound["engine"], string> = {
  change: "SELECT, INSERT, UPDATE, DELETE",
  append: "SELECT, INSERT",
  "append-and-advance": "SELECT, INSERT, UPDATE",
};

/** The roles a server speaks to its database with; the owner is whoever gives them their rights. */
export interface Roles {
  engine: string;
  reader: string;
}

/** The statements that give the roles exactly the rights of {@link tenantBound}. */
const statements = (database: string, { engine, reader }: Roles): RawBuilder<unknown>[] => {
  const both = sql.join([sql.id(engine), sql.id(reader)]);
  // Without temporary tables, nothing can be put before a table of the same name.
  const whole = [
    tenantFunction(),
    sql`REVOKE ALL ON DATABASE ${sql.id(database)} FROM PUBLIC`,
    sql`GRANT CONNECT ON DATABASE ${sql.id(database)} TO ${both}`,
    sql`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, ${both}`,
    sql`GRANT USAGE ON SCHEMA public TO ${both}`,
    sql`GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${sql.id(engine)}`,
    sql`GRANT SELECT, INSERT, UPDATE ON meta TO ${sql.id(engine)}`,
  ];
  const migrating = sql.raw(`(current_setting('${MIGRATING}', true) = 'on')`);
  const each = Object.entries(tenantBound).flatMap(([name, bound]) => {
    const table = sql.id(name);
    return [
      sql`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
      sql`DROP POLICY IF EXISTS tenant ON ${table}`,
      sql`CREATE POLICY tenant ON ${table} FOR SELECT USING (${sql.raw(bound.rows)})`,
      sql`DROP POLICY IF EXISTS engine ON ${table}`,
      sql`CREATE POLICY engine ON ${table} TO ${sql.id(engine)} USING (true) WITH CHECK (true)`,
      sql`DROP POLICY IF EXISTS owner ON ${table}`,
      sql`CREATE POLICY owner ON ${table} TO CURRENT_USER USING ${migrating} WITH CHECK ${migrating}`,
      sql`GRANT ${sql.raw(rights[bound.engine])} ON ${table} TO ${sql.id(engine)}`,
      ...(bound.unread === undefined ? [sql`GRANT SELECT ON ${table} TO ${sql.id(reader)}`] : []),
    ];
  });
  return [...whole, ...each];
};

const KEY = "row-security";

/**
 * Gives the roles their rights, as the owner and in one transaction; does nothing where the same
 * roles have been given the same before, as these statements stand in the way of running servers.
 */
export const secure = async (owner: Kysely<Database>, roles: Roles): Promise<void> => {
  const { rows } = await sql<{ database: string; ids: string }>`
    SELECT current_database() AS database, string_agg(oid::text, ' ' ORDER BY rolname) AS ids
    FROM pg_roles WHERE rolname IN (${roles.engine}, ${roles.reader}, current_user)`.execute(owner);
  const wanted = statements(rows[0]?.database ?? "", roles);
  const texts = wanted.map((statement) => statement.compile(owner).sql);
  // A role that was dropped and made again has another id, and none of its rights.
  const value = sha256([rows[0]?.ids, ...texts].join("\n"));
  // Servers that run already may hold some of the tables: then it is tried again.
  await transact(owner, async (tx) => {
    const given = await tx.selectFrom("meta").select("value").where("key", "=", KEY).execute();
    if (given[0]?.value === value) return;
    for (const statement of wanted) await statement.execute(tx);
    await tx
      .insertInto("meta")
      .values({ key: KEY, value })
      .onConflict((c) => c.column("key").doUpdateSet({ value }))
      .execute();
  });
};
