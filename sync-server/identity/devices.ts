import type { Kysely } from "kysely";
import type { DeviceView } from "#shared/sync/session.ts";
import type { Database } from "../store/schema.ts";

/** The devices an account works on, the last seen first; `here` is the one that asks. */
export const devicesOf = async (
  db: Kysely<Database>,
  accountId: string,
  here: string | null,
): Promise<DeviceView[]> => {
  const rows = await db
    .selectFrom("installation")
    .select(["id", "name", "app_version", "first_seen", "last_seen", "revoked_at", "wiped_at"])
    .where("account_id", "=", accountId)
    .orderBy("last_seen", "desc")
    .orderBy("id")
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    appVersion: row.app_version,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    revokedAt: row.revoked_at,
    wipedAt: row.wiped_at,
    here: row.id === here,
  }));
};
