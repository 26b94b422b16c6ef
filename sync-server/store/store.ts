import { randomUUID } from "node:crypto";
import type { Kysely, Transaction } from "kysely";
import { dialectUp, up } from "./migrations/0001-initial.ts";
import type { Database } from "./schema.ts";

/** The two databases a store can stand on. */
export type Dialect = "sqlite" | "postgres";

/** An open store: the tables, and what is said when a feed has grown. */
export interface Store {
  db: Kysely<Database>;
  dialect: Dialect;
  /** Which life of the database this is: a restored backup gets another one. */
  epoch: string;
  /** Calls back with the lenses whose feed has grown, from whichever process. Returns how to stop. */
  listen(onHeads: (heads: Heads) => void): () => void;
  /** Tells, inside the transaction that grew them, which feeds have grown. */
  announce(tx: Transaction<Database>, heads: Heads): Promise<void>;
  close(): Promise<void>;
}

/** Lens id → the new last position of its feed. */
export type Heads = Record<string, number>;

const migrations = [{ name: "0001", up, dialectUp }];

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
