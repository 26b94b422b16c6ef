import { createHash, createHmac, hkdfSync, pbkdf2Sync, randomBytes } from "node:crypto";
import { type Kysely, sql } from "kysely";
import pg from "pg";
import { err, ok, type Result } from "#shared/result.ts";
import type { Roles } from "./row-security-rights.ts";
import type { Database } from "./schema.ts";

/** The addresses of one database, each for another login: three roles that can do different things. */
export interface PostgresUrls {
  /** Owns the tables, gives the rights, and is used at start only. */
  owner: string;
  /** Judges, writes and feeds, for all tenants. */
  engine: string;
  /** Reads for one tenant at a time. */
  reader: string;
}

/** What a role is called, by its address. */
export const rolesOf = ({ engine, reader }: PostgresUrls): Roles => ({
  engine: new pg.Client(engine).user ?? "",
  reader: new pg.Client(reader).user ?? "",
});

/**
 * The addresses of an engine and a reader made from the owner's: the roles are called after the
 * database, and their passwords follow from the owner's, so that several servers know the same ones
 * and none is stored. Refuses with a sentence where the owner's address has no password.
 */
export const derivedUrls = (owner: string): Result<PostgresUrls, string> => {
  const url = URL.parse(owner);
  const { database } = new pg.Client(owner);
  if (!url?.hostname || !url.password || !database) {
    return err(
      "The address of the database has no password that others could be made from: give RIVERSYNC_DATABASE_ENGINE_URL and RIVERSYNC_DATABASE_READER_URL as well.",
    );
  }
  const secret = decodeURIComponent(url.password);
  const login = (role: "engine" | "reader"): string => {
    const name = `${database.slice(0, 50)}_${role}`;
    const password = Buffer.from(hkdfSync("sha256", secret, database, `riversync ${role}`, 32));
    const other = new URL(owner);
    other.username = encodeURIComponent(name);
    other.password = password.toString("hex");
    return other.href;
  };
  return ok({ owner, engine: login("engine"), reader: login("reader") });
};

/** Says of a password that it is not the one the database knows, or of a role that there is none. */
const unknownLogin = new Set(["28P01", "28000"]);

/** Makes the role of a derived address, or gives it its password where it has another one. */
export const makeLogin = async (owner: Kysely<Database>, url: string): Promise<void> => {
  const client = new pg.Client(url);
  client.on("error", () => {});
  const { user = "", password } = client;
  const refused = await client.connect().then(
    () => null,
    (cause: { code?: string }) => cause,
  );
  await client.end();
  if (refused === null || !unknownLogin.has(refused.code ?? "")) return;
  const known = await sql`SELECT FROM pg_roles WHERE rolname = ${user}`.execute(owner);
  const verb = sql.raw(known.rows.length === 0 ? "CREATE" : "ALTER");
  const verifier = sql.lit(scramVerifier(password ?? ""));
  await sql`${verb} ROLE ${sql.id(user)} LOGIN PASSWORD ${verifier}`.execute(owner);
};

/** A password as PostgreSQL keeps it (RFC 5803), so that its own log never holds the password. */
const scramVerifier = (password: string): string => {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const key = (name: string) => createHmac("sha256", salted).update(name).digest();
  const stored = createHash("sha256").update(key("Client Key")).digest("base64");
  const server = key("Server Key").toString("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${server}`;
};

/**
 * Why row-level security would not hold these roles, as a sentence, or null: one of them bypasses it,
 * owns a table, or is a member of another role; or they are one.
 */
export const unbound = async (
  db: Kysely<Database>,
  { engine, reader }: Roles,
): Promise<string | null> => {
  if (engine === reader) return `The role ${reader} cannot be both the engine and the reader.`;
  const { rows } = await sql<{ name: string; bypasses: boolean; owns: boolean; member: boolean }>`
    SELECT rolname AS name, rolsuper OR rolbypassrls AS bypasses,
      EXISTS (SELECT FROM pg_class WHERE relowner = r.oid) AS owns,
      EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS member
    FROM pg_roles r WHERE rolname IN (${engine}, ${reader})`.execute(db);
  for (const { name, bypasses, owns, member } of rows) {
    const reason = bypasses
      ? "it bypasses row-level security"
      : owns
        ? "it owns tables"
        : member && "it is a member of another role";
    if (reason) return `The server cannot work as the database role ${name}: ${reason}.`;
  }
  return null;
};
