import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres } from "./open-postgres.ts";
import { rolesOf } from "./postgres-logins.ts";
import { tenantBound, tenantless } from "./row-security.ts";
import { MIGRATING } from "./row-security-rights.ts";
import { provenTenant, TENANT, tenantSecret } from "./row-security-tenant.ts";
import type { Store } from "./store.ts";
import { type TestDatabase, testCluster } from "./testing/cluster.ts";

const cluster = testCluster();
const bound = Object.entries(tenantBound);
const TENANTS = ["A", "B"];
/** The code of PostgreSQL for what one has no right to. */
const DENIED = "42501";

let database: TestDatabase;
let store: Store;
let secret: string;
const logins = new Map<string, pg.Client>();

const login = async (name: string, url: string): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  logins.set(name, client);
};

/** Runs a statement as one login, for one tenant or none; the rows, or the code it was refused with. */
const ask = async (as: string, text: string, tenant?: string) => {
  const client = logins.get(as);
  if (client === undefined) throw new Error(`nobody is signed in as ${as}`);
  await client.query("BEGIN");
  try {
    if (tenant !== undefined)
      await client.query(`SELECT set_config($1, $2, true)`, [TENANT, provenTenant(secret, tenant)]);
    return (await client.query<Record<string, unknown>>(text)).rows;
  } catch (cause) {
    return (cause as { code?: string }).code;
  } finally {
    await client.query("ROLLBACK");
  }
};

/** Every table, view and whatever else holds rows, by the database's own account. */
const relations = async () =>
  (await ask(
    "superuser",
    `SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS held,
       ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = c.oid ORDER BY polname) AS policies
     FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r','p','v','m','f')`,
  )) as { name: string; held: boolean; policies: string[] }[];

/** The tables that are neither held by policies nor known to be of no tenant. */
const unprotected = async (): Promise<string[]> =>
  (await relations())
    .filter(({ name }) => !Object.hasOwn(tenantless, name))
    .filter(({ name, held, policies }) => {
      const known = Object.hasOwn(tenantBound, name);
      return !known || !held || policies.join() !== "engine,owner,tenant";
    })
    .map(({ name }) => name);

/** One row of each tenant in each table; every text in it is the tenant's id, so that all fits together. */
const fill = async (): Promise<void> => {
  const superuser = logins.get("superuser");
  await superuser?.query("SET session_replication_role = replica");
  for (const [table] of bound) {
    const columns = (await ask(
      "superuser",
      `SELECT column_name AS name, data_type AS type FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name = '${table}'`,
    )) as { name: string; type: string }[];
    for (const [n, tenant] of TENANTS.entries()) {
      const values = columns.map(({ type }) => (type === "text" ? tenant : n + 1));
      const names = columns.map(({ name }) => name).join();
      await superuser?.query(
        `INSERT INTO ${table} (${names}) VALUES (${columns.map((_, i) => `$${i + 1}`).join()})`,
        values,
      );
    }
  }
};

/** The name of some column of a table. */
const columnOf = async (table: string): Promise<string> => {
  const [row = {}] = (await ask("superuser", `SELECT * FROM ${table}`)) as object[];
  return Object.keys(row)[0] ?? "";
};

/** The tenants whose rows an answer holds. */
const tenantsIn = (rows: Awaited<ReturnType<typeof ask>>) =>
  Array.isArray(rows)
    ? [...new Set(rows.flatMap(Object.values).filter((v) => TENANTS.includes(String(v))))].sort()
    : rows;

beforeAll(async () => {
  database = await cluster.database();
  store = await database.open();
  const { urls, superuser } = database;
  for (const [name, url] of Object.entries({ ...urls, superuser })) await login(name, url);
  secret = await tenantSecret(store.db);
  await fill();
  // Somebody who may read every table, and is neither of the roles: the policies alone are between.
  await logins.get("superuser")?.query("CREATE ROLE probe LOGIN PASSWORD 'probe'");
  await logins.get("superuser")?.query("GRANT pg_read_all_data TO probe");
  await logins.get("superuser")?.query("GRANT CONNECT ON DATABASE riversync_1 TO probe");
  const address = new URL(superuser);
  await login("probe", Object.assign(address, { username: "probe", password: "probe" }).href);
});
afterAll(async () => {
  for (const client of logins.values()) await client.end();
  await store?.close();
  await cluster.stop();
});

test("[PAR-1] every table is held by policies, or known to be of no tenant", async () => {
  expect(await unprotected()).toEqual([]);
  const known = [...Object.keys(tenantBound), ...Object.keys(tenantless)];
  expect((await relations()).map((r) => r.name).sort()).toEqual(known.sort());
});

test.each(["CREATE TABLE stray (tenant_id text)", "CREATE VIEW stray AS SELECT * FROM record"])(
  "[PAR-1] what is added without a policy is found: %s",
  async (made) => {
    const superuser = logins.get("superuser");
    await superuser?.query(made);
    expect(await unprotected()).toEqual(["stray"]);
    await superuser?.query(`DROP ${made.split(" ")[1]} stray`);
    await superuser?.query("ALTER TABLE feed NO FORCE ROW LEVEL SECURITY");
    expect(await unprotected()).toEqual(["feed"]);
    await superuser?.query("ALTER TABLE feed FORCE ROW LEVEL SECURITY");
  },
);

describe.each(bound)("the table %s", (table, { unread, engine }) => {
  const select = `SELECT * FROM ${table}`;

  test("[PAR-1] the reader is shown the rows of the tenant it reads for, without one nothing", async () => {
    expect(tenantsIn(await ask("superuser", select))).toEqual(TENANTS);
    const shown = (...tenants: string[]) => (unread === undefined ? tenants : DENIED);
    for (const tenant of TENANTS) {
      expect(tenantsIn(await ask("reader", select, tenant))).toEqual(shown(tenant));
    }
    for (const nobody of [undefined, "", "C", "A' OR 'a' = 'a"]) {
      expect(tenantsIn(await ask("reader", select, nobody))).toEqual(shown());
    }
  });

  test("[PAR-1] its policy holds for whoever has a right to the table, and for its owner", async () => {
    for (const tenant of TENANTS) {
      const shown = table === "outbox" ? [] : [tenant];
      expect(tenantsIn(await ask("probe", select, tenant))).toEqual(shown);
      expect(tenantsIn(await ask("owner", select, tenant))).toEqual(shown);
    }
    for (const as of ["probe", "owner"]) expect(await ask(as, select)).toEqual([]);
  });

  test("[PAR-1] the reader writes nothing, whichever tenant it reads for", async () => {
    const column = await columnOf(table);
    for (const tenant of [undefined, ...TENANTS]) {
      for (const write of [
        `INSERT INTO ${table} SELECT * FROM ${table}`,
        `INSERT INTO ${table} DEFAULT VALUES`,
        `UPDATE ${table} SET ${column} = ${column}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        expect([write, await ask("reader", write, tenant)]).toEqual([write, DENIED]);
      }
    }
  });

  test("[PRT-4] the engine works for all tenants, and changes nothing that is only ever added to", async () => {
    expect(tenantsIn(await ask("engine", select))).toEqual(TENANTS);
    expect(await ask("engine", `TRUNCATE ${table} CASCADE`)).toBe(DENIED);
    const may = { change: [[], []], append: [DENIED, DENIED], "append-and-advance": [[], DENIED] };
    const column = await columnOf(table);
    const changes = [`UPDATE ${table} SET ${column} = ${column}`, `DELETE FROM ${table}`];
    const answers = [];
    for (const change of changes) answers.push(await ask("engine", `${change} WHERE false`));
    expect(answers).toEqual(may[engine]);
  });
});

test("[PRT-4] what the audit log holds is only ever added to, whoever writes", async () => {
  const tables = ["audit", "audit_node", "audit_signed"];
  const changes = tables.flatMap((t) => [
    `UPDATE ${t} SET log_id = ''`,
    `DELETE FROM ${t}`,
    `TRUNCATE ${t}`,
  ]);
  for (const change of changes) {
    expect(await ask("engine", change)).toBe(DENIED);
    // The owner has the right, and meets the trigger.
    expect(await ask("owner", change)).toBe("P0001");
  }
});

describe.each(["reader", "engine"])("the login of the %s", (as) => {
  test.each([
    "ALTER TABLE feed DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE feed NO FORCE ROW LEVEL SECURITY",
    "CREATE POLICY more ON feed USING (true)",
    "ALTER POLICY tenant ON feed USING (true)",
    "DROP POLICY tenant ON feed",
    "SET LOCAL row_security = off; SELECT * FROM feed",
    "ALTER TABLE audit DISABLE TRIGGER ALL",
    "DROP TABLE audit",
    "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET LOCAL session_replication_role = replica",
    "CREATE TABLE mine (a text)",
    "CREATE TEMPORARY TABLE feed (a text)",
    "CREATE ROLE another BYPASSRLS",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT * FROM migration",
    "SELECT rolpassword FROM pg_authid",
  ])("[PAR-1] may not: %s", async (text) => {
    expect(await ask(as, text, "A")).toBe(DENIED);
  });

  test("[PAR-1] becomes nobody else", async () => {
    const { engine, reader } = rolesOf(database.urls);
    const others = [engine, reader, "riversync_1_owner", "postgres"].filter(
      (name) => name !== `riversync_1_${as}`,
    );
    for (const other of others) {
      expect(await ask(as, `SET LOCAL ROLE ${other}`)).toBe(DENIED);
      expect(await ask(as, `SET LOCAL SESSION AUTHORIZATION ${other}`)).toBe(DENIED);
      expect(await ask(as, `GRANT ${other} TO ${as === "reader" ? reader : engine}`)).toBe(DENIED);
    }
  });

  test("[PAR-1] gains nothing by the setting with which the owner changes the store", async () => {
    const text = `SELECT set_config('${MIGRATING}', 'on', true); SELECT * FROM lens`;
    const answer = (await logins.get(as)?.query(text)) as unknown as { rows: unknown[] }[];
    expect(answer[1]?.rows).toHaveLength(as === "reader" ? 0 : TENANTS.length);
  });
});

test("[PAR-1] what is read through the store is of one tenant, and the next knows nothing of it", async () => {
  const lenses = (tenant: string) =>
    store.reading(tenant, (tx) => tx.selectFrom("lens").select("id").execute());
  for (const tenant of [...TENANTS, "A"]) expect(await lenses(tenant)).toEqual([{ id: tenant }]);
  expect(await lenses("")).toEqual([]);
  const write = store.reading("A", (tx) => tx.deleteFrom("lens").execute());
  await expect(write).rejects.toThrow(/read-only transaction/);
});

test("[PAR-1] a query cannot name a tenant itself: the database believes the server alone", async () => {
  const named = (said: string) =>
    store.reading("A", async (tx) => {
      await sql`SELECT set_config(${TENANT}, ${said}, true)`.execute(tx);
      return tx.selectFrom("lens").select("id").execute();
    });
  const proof = provenTenant(secret, "A").slice(0, 64);
  for (const said of ["B", `${proof}B`, `${"0".repeat(64)}B`, `${proof}`, ""]) {
    expect(await named(said)).toEqual([]);
  }
  expect(await named(`${proof}A`)).toEqual([{ id: "A" }]);
  expect(await ask("reader", "SELECT value FROM meta", "A")).toBe(DENIED);
});

test("[S13] a file of another tenant is read by whoever is shown a record that names it", async () => {
  const superuser = logins.get("superuser");
  await superuser?.query(
    "INSERT INTO feed (lens_id, record_id, seq, kind, customer_id, doc) VALUES ('A', 'B', 2, '', '', '{}')",
  );
  const text = "SELECT tenant_id FROM file";
  expect(tenantsIn(await ask("reader", text, "A"))).toEqual(["A", "B"]);
  expect(tenantsIn(await ask("reader", text, "B"))).toEqual(["B"]);
  await superuser?.query("UPDATE feed SET doc = NULL WHERE lens_id = 'A' AND record_id = 'B'");
  expect(tenantsIn(await ask("reader", text, "A"))).toEqual(["A"]);
  await superuser?.query("DELETE FROM feed WHERE lens_id = 'A' AND record_id = 'B'");
});

test("the owner still changes every row where the shape of the store changes", async () => {
  for (const [table] of bound) {
    const text = `SELECT set_config('${MIGRATING}', 'on', true); SELECT * FROM ${table}`;
    const rows = (await logins.get("owner")?.query(text)) as unknown as { rows: unknown[] }[];
    expect([table, rows[1]?.rows.length]).toEqual([table, TENANTS.length]);
  }
});

describe("opening", () => {
  test("refuses roles that row-level security would not hold", async () => {
    const { urls, superuser } = database;
    const refusal = async (other: Partial<typeof urls>) => {
      const opened = await openPostgres({ ...urls, ...other });
      return opened.ok ? "opened" : opened.error;
    };
    expect(await refusal({ reader: urls.owner })).toMatch(/_owner: it owns tables/);
    expect(await refusal({ engine: superuser })).toMatch(/postgres: it bypasses/);
    expect(await refusal({ reader: urls.engine })).toMatch(/both the engine and the reader/);
    await logins.get("superuser")?.query(`GRANT pg_read_all_data TO riversync_1_reader`);
    expect(await refusal({})).toMatch(/riversync_1_reader: it is a member of another role/);
    await logins.get("superuser")?.query(`REVOKE pg_read_all_data FROM riversync_1_reader`);
  });

  test("an open store stands in nobody's way who opens it again", async () => {
    const superuser = logins.get("superuser");
    await superuser?.query("BEGIN; SELECT * FROM feed");
    const again = await database.open();
    await superuser?.query("ROLLBACK");
    expect(again.epoch).toBe(store.epoch);
    await again.close();
  });

  test("several processes that find an empty database make one store of it", async () => {
    const empty = await cluster.database();
    const opened = await Promise.all([1, 2, 3].map(() => empty.open()));
    expect(new Set(opened.map((o) => o.epoch)).size).toBe(1);
    for (const one of opened) await one.close();
  });

  test("logins follow from the owner's password, whatever they were before", async () => {
    const other = await cluster.database();
    await (await other.open()).close();
    const { reader, engine } = rolesOf(other.urls);
    await logins.get("superuser")?.query(`ALTER ROLE ${reader} PASSWORD 'another'`);
    const again = await other.open();
    expect(await again.reading("A", (tx) => tx.selectFrom("lens").selectAll().execute())).toEqual(
      [],
    );
    await again.close();
    // A role that was lost comes back with its rights.
    const superuser = new pg.Client(other.superuser);
    await superuser.connect();
    await superuser.query(`DROP OWNED BY ${engine}; DROP ROLE ${engine}`);
    await superuser.end();
    const restored = await other.open();
    expect(await restored.db.selectFrom("lens").selectAll().execute()).toEqual([]);
    await restored.close();
  });
});
