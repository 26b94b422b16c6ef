import { randomUUID } from "node:crypto";
import type { Kysely, Transaction } from "kysely";
import * as initial from "./migrations/0001-initial.ts";
import { dialectUp as standingDialectUp, up as standingUp } from "./migrations/0002-standing.ts";
import { dialectUp as filesDialectUp, up as filesUp } from "./migrations/0003-files.ts";
import { dialectUp as auditDialectUp, up as auditUp } from "./migrations/0004-audit-tree.ts";
import { dialectUp as rolesDialectUp, up as rolesUp } from "./migrations/0005-roles.ts";
import { dialectUp as sessionsDialectUp, up as sessionsUp } from "./migrations/0007-sessions.ts";
import type { Database } from "./schema.ts";

/** The two databases a store can stand on. */
export type Dialect = "sqlite" | "postgres";

/** An open store: the tables, and what is said when something has changed. */
export interface Store {
  /** For the transactions that judge, write and feed: they touch what several tenants own. */
  db: Kysely<Database>;
  dialect: Dialect;
  /** Which life of the database this is: a restored backup gets another one. */
  epoch: string;
  /**
   * Reads on behalf of a tenant, several things as they stood at one instant. On PostgreSQL with a
   * role that is shown the rows of this tenant alone and writes nothing; on SQLite on the one
   * connection there is, which is busy with it meanwhile: `read` uses nothing but what it is given.
   */
  reading<T>(tenantId: string, read: (tx: Transaction<Database>) => Promise<T>): Promise<T>;
  /** Calls back with what has changed, in whichever process. Returns how to stop. */
  listen(onNews: OnNews): () => void;
  /**
   * Tells, inside the transaction that did it, which feeds have grown, and which accounts are no
   * longer what they were: another role, suspended, a device revoked.
   */
  announce(tx: Transaction<Database>, heads: Heads, accounts?: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** How far a feed has grown, and whether something has left it (S9). */
interface Growth {
  seq: number;
  revoked: boolean;
}

/** Lens id → how far its feed has grown. */
export type Heads = Record<string, Growth>;

/** Called with the feeds that have grown and the ids of the accounts that have changed. */
export type OnNews = (heads: Heads, accounts: readonly string[]) => void;

interface Migration {
  up(db: Kysely<Database>): Promise<void>;
  dialectUp: Record<Dialect, (db: Kysely<Database>) => Promise<void>>;
}

/** Every step the store's shape has taken, in order; a released one never changes. */
const migrations: readonly (Migration & { name: string })[] = [
  { name: "0001", ...initial },
  { name: "0002", up: standingUp, dialectUp: standingDialectUp },
  { name: "0003", up: filesUp, dialectUp: filesDialectUp },
  { name: "0004", up: auditUp, dialectUp: auditDialectUp },
  { name: "0005", up: rolesUp, dialectUp: rolesDialectUp },
  { name: "0007", up: sessionsUp, dialectUp: sessionsDialectUp },
];

/** Brings the database to the newest shape, each step in its own transaction, and names its epoch. */
export const prepare = async (db: Kysely<Database>, dialect: Dialect): Promise<string> => {
  await db.schema
    .createTable("migration")
    .ifNotExists()
    .addColumn("name", "text", (c) => c.primaryKey())
    .execute();
  const done = await db
    .withTables<{ migration: { name: string } }>()
    .selectFrom("migration")
    .select("name")
    .execute();
  for (const step of migrations.filter((m) => !done.some((d) => d.name === m.name))) {
    await db.transaction().execute(async (tx) => {
      await step.up(tx);
      await step.dialectUp[dialect](tx);
      await tx
        .withTables<{ migration: { name: string } }>()
        .insertInto("migration")
        .values({ name: step.name })
        .execute();
    });
  }
  await db
    .insertInto("meta")
    .values({ key: "epoch", value: randomUUID() })
    .onConflict((c) => c.column("key").doNothing())
    .execute();
  const row = await db
    .selectFrom("meta")
    .select("value")
    .where("key", "=", "epoch")
    .executeTakeFirstOrThrow();
  return row.value;
};
