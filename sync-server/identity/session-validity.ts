import type { Kysely } from "kysely";
import type { Viewer } from "#shared/access/viewer.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { appendAudit } from "../audit/log.ts";
import type { Caller } from "../http/services.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";

/** When the sign-in behind a token was made, ms; 0 where its issuer tells nothing of it. */
export const signedInAt = ({ authTime, issuedAt }: Caller): number => authTime ?? issuedAt ?? 0;

/**
 * Why an account's sign-in is over, or null: it was made before the account was signed out
 * everywhere. A refresh does not make it younger.
 */
export const endedSession = async (
  db: Kysely<Database>,
  accountId: string,
  signedIn: number,
): Promise<Failure | null> => {
  const row = await db
    .selectFrom("account_session")
    .select("valid_from")
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  if (row === undefined) return null;
  // Tokens count whole seconds: of the second it happened in, none is taken.
  const from = Math.ceil(Date.parse(row.valid_from) / 1000) * 1000;
  return signedIn < from ? fail("session-ended") : null;
};

/** Ends every sign-in of an account that was made until now (ACC-5); told to its devices at once. */
export const endSessions = async (store: Store, viewer: Viewer, at: string): Promise<void> => {
  const { accountId, name, tenant } = viewer;
  await store.db.transaction().execute(async (tx) => {
    await tx
      .insertInto("account_session")
      .values({ account_id: accountId, valid_from: at })
      .onConflict((c) => c.column("account_id").doUpdateSet({ valid_from: at }))
      .execute();
    await appendAudit(tx, tenant.id, {
      actor: { accountId, name, tenantId: tenant.id, tenantName: tenant.name },
      via: { app: "account", installation: "", appVersion: "" },
      intent: { id: "", type: "session.end-all", target: null, payload: { accountId } },
      outcome: { applied: true },
      changes: {},
      deviceTime: "",
      serverTime: at,
    });
    await store.announce(tx, {}, [accountId]);
  });
};
