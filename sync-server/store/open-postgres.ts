import { EventEmitter } from "node:events";
import { type Kysely, sql } from "kysely";
import { err, ok, type Result } from "#shared/result.ts";
import { type News, newsInPieces } from "./news.ts";
import { listenOn } from "./postgres-ears.ts";
import { derivedUrls, makeLogin, type PostgresUrls, rolesOf, unbound } from "./postgres-logins.ts";
import { type OnLost, openPool } from "./postgres-pool.ts";
import { MIGRATING, secure } from "./row-security-rights.ts";
import { provenTenant, TENANT, tenantSecret } from "./row-security-tenant.ts";
import type { Database } from "./schema.ts";
import { type OnNews, prepare, type Store } from "./store.ts";

const CHANNEL = "news";

/**
 * Opens the store in a PostgreSQL database; several processes may share it. The owner brings it to the
 * newest shape and gives the two other roles their rights; then the engine judges and writes, and the
 * reader reads for one tenant at a time, each over connections of its own. Refuses with a sentence,
 * also where a role is one that row-level security would not hold. `onLost` is told of connections that broke while nobody was waiting for them.
 */
export const openPostgres = async (
  urls: PostgresUrls,
  onLost: OnLost = () => {},
): Promise<Result<Store, string>> => {
  const engine = openPool({ connectionString: urls.engine }, onLost);
  const reader = openPool({ connectionString: urls.reader }, onLost);
  const close = async () => void (await Promise.all([engine.destroy(), reader.destroy()]));
  try {
    const prepared = await prepareAsOwner(urls, onLost);
    if (!prepared.ok) {
      await close();
      return prepared;
    }
    await sql`SELECT 1`.execute(reader);
    return ok(await postgresStore({ engine, reader, ...prepared.value, urls, onLost }));
  } catch (cause) {
    await close();
    const host = URL.parse(urls.owner)?.host ?? "";
    return err(`The database at ${host} cannot be used: ${reasonOf(cause)}.`);
  }
};

/**
 * The database as its owner, who says that it changes the shape of the store: without that it is shown
 * nothing either. One connection, so that what is of the session holds for all that is asked.
 */
export const openAsOwner = ({ owner }: PostgresUrls, onLost: OnLost): Kysely<Database> =>
  openPool({ connectionString: owner, max: 1, options: `-c ${MIGRATING}=on` }, onLost);

/** Several addresses of one host fail with several errors, and no text of their own. */
const reasonOf = (cause: unknown): string => {
  const errors = cause instanceof AggregateError ? cause.errors : [cause];
  return errors.map((error) => (error instanceof Error ? error.message : String(error))).join("; ");
};

/**
 * Migrations, logins and rights, one process at a time; the owner's connection is closed after it.
 * What the store is known by, or why it is not opened.
 */
const prepareAsOwner = async (
  urls: PostgresUrls,
  onLost: OnLost,
): Promise<Result<{ epoch: string; secret: string }, string>> => {
  const owner = openAsOwner(urls, onLost);
  try {
    // The lock goes with the connection.
    await sql`SELECT pg_advisory_lock(hashtext('riversync'))`.execute(owner);
    const epoch = await prepare(owner, "postgres");
    const derived = derivedUrls(urls.owner);
    for (const role of ["engine", "reader"] as const) {
      if (derived.ok && derived.value[role] === urls[role]) await makeLogin(owner, urls[role]);
    }
    const roles = rolesOf(urls);
    const refused = await unbound(owner, roles);
    if (refused !== null) return err(refused);
    await secure(owner, roles);
    return ok({ epoch, secret: await tenantSecret(owner) });
  } finally {
    await owner.destroy();
  }
};

interface Opened {
  engine: Kysely<Database>;
  reader: Kysely<Database>;
  epoch: string;
  /** With which the reader's connections prove which tenant is read for. */
  secret: string;
  urls: PostgresUrls;
  onLost: OnLost;
}

const postgresStore = async (opened: Opened): Promise<Store> => {
  const { engine, reader, epoch, secret, urls, onLost } = opened;
  const news = new EventEmitter<{ news: Parameters<OnNews> }>();
  news.setMaxListeners(0);
  const stopListening = await listenOn(urls.engine, CHANNEL, {
    heard: (text) => {
      const { heads, accounts } = JSON.parse(text) as News;
      news.emit("news", heads, accounts);
    },
    missed: async () => {
      const { heads, accounts } = await allThatMayBeNews(engine);
      news.emit("news", heads, accounts);
    },
    lost: onLost,
  });
  return {
    db: engine,
    dialect: "postgres",
    epoch,
    reading: (tenantId, read) =>
      reader
        .transaction()
        .setIsolationLevel("repeatable read")
        .setAccessMode("read only")
        .execute(async (tx) => {
          const proven = provenTenant(secret, tenantId);
          await sql`SELECT set_config(${TENANT}, ${proven}, true)`.execute(tx);
          return read(tx);
        }),
    listen: (onNews) => {
      news.on("news", onNews);
      return () => news.off("news", onNews);
    },
    announce: async (tx, heads, accounts = []) => {
      for (const piece of newsInPieces({ heads, accounts })) {
        await sql`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(piece)})`.execute(tx);
      }
    },
    close: async () => {
      await stopListening();
      await Promise.all([engine.destroy(), reader.destroy()]);
    },
  };
};

/**
 * What whoever did not hear has to be told: where every feed stands, that something may have left it
 * (S9), and that any account may have changed. Who is told looks, and finds what is so.
 */
const allThatMayBeNews = async (db: Kysely<Database>): Promise<News> => {
  const lenses = await db
    .selectFrom("lens")
    .select(["id", "head"])
    .where("last_used", "is not", null)
    .execute();
  const accounts = await db.selectFrom("account").select("id").execute();
  return {
    heads: Object.fromEntries(lenses.map(({ id, head }) => [id, { seq: head, revoked: true }])),
    accounts: accounts.map(({ id }) => id),
  };
};
