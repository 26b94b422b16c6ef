import type { Kysely } from "kysely";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Database } from "../store/schema.ts";

/** A copy of the app, as one account works with it. */
export interface Installation {
  id: string;
  /** When an administrator revoked it: from then on it is told nothing more. */
  revokedAt: string | null;
}

/** What a copy of the app says of itself. */
export interface Told {
  appVersion: string;
  /** The machine's name. */
  name: string;
}

const CONTROLS = /[\p{Cc}\p{Cf}]/gu;

/** What a header says of a copy of the app: plain text of bounded length, "" where it says nothing. */
export const toldOf = (header: unknown): Told => {
  let text = "";
  try {
    text = decodeURIComponent(typeof header === "string" ? header.slice(0, 400) : "");
  } catch {
    // Not one of our clients: it stays nameless.
  }
  const [appVersion = "", ...name] = text.replace(CONTROLS, "").trim().split(" ");
  return { appVersion: appVersion.slice(0, 32), name: name.join(" ").slice(0, 80) };
};

/** How often it is written down that an installation is still in use. */
const NOTED_EVERY_MS = 60_000;

/**
 * Notes that an account works with an installation, and tells whether that is revoked. The same
 * installation under another account is another row: neither can revoke or wipe the other's.
 */
export const noteInstallation = async (
  db: Kysely<Database>,
  id: string,
  viewer: Viewer,
  at: string,
  { appVersion, name }: Told = { appVersion: "", name: "" },
  thumbprint: string | null = null,
): Promise<Installation> => {
  const known = await db
    .selectFrom("installation")
    .select(["last_seen", "revoked_at", "thumbprint"])
    .where("id", "=", id)
    .where("account_id", "=", viewer.accountId)
    .executeTakeFirst();
  if (known === undefined) {
    await db
      .insertInto("installation")
      .values({
        id,
        account_id: viewer.accountId,
        tenant_id: viewer.tenant.id,
        app_version: appVersion,
        name,
        thumbprint,
        first_seen: at,
        last_seen: at,
      })
      .onConflict((c) => c.columns(["id", "account_id"]).doNothing())
      .execute();
  } else if (
    thumbprint !== known.thumbprint ||
    Date.parse(at) - Date.parse(known.last_seen) >= NOTED_EVERY_MS
  ) {
    await ofAccount(db, id, viewer.accountId)
      .set({ last_seen: at, thumbprint, ...(name === "" ? {} : { name }) })
      .execute();
  }
  return { id, revokedAt: known?.revoked_at ?? null };
};

/**
 * The revoked installation whose key this is, or null: whoever has that key is that device, whatever
 * its requests say of themselves.
 */
export const revokedWith = async (
  db: Kysely<Database>,
  accountId: string,
  thumbprint: string,
): Promise<Installation | null> => {
  const row = await db
    .selectFrom("installation")
    .select(["id", "revoked_at"])
    .where("account_id", "=", accountId)
    .where("thumbprint", "=", thumbprint)
    .where("revoked_at", "is not", null)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, revokedAt: row.revoked_at };
};

/** Notes which version of the app an installation runs; writes only where that is another one. */
export const noteAppVersion = async (
  db: Kysely<Database>,
  id: string,
  accountId: string,
  appVersion: string,
): Promise<void> => {
  await ofAccount(db, id, accountId)
    .set({ app_version: appVersion })
    .where("app_version", "!=", appVersion)
    .execute();
};

/** When an installation of an account was revoked, or null. */
export const revokedAt = async (
  db: Kysely<Database>,
  id: string,
  accountId: string,
): Promise<string | null> => {
  const row = await db
    .selectFrom("installation")
    .select("revoked_at")
    .where("id", "=", id)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return row?.revoked_at ?? null;
};

/** Notes that an installation has erased what it held; false where that is known already. */
export const noteWiped = async (
  db: Kysely<Database>,
  id: string,
  accountId: string,
  at: string,
): Promise<boolean> => {
  const noted = await ofAccount(db, id, accountId)
    .set({ wiped_at: at })
    .where("wiped_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return noted !== undefined;
};

const ofAccount = (db: Kysely<Database>, id: string, accountId: string) =>
  db.updateTable("installation").where("id", "=", id).where("account_id", "=", accountId);
