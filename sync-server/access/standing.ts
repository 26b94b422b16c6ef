import type { Kysely, Transaction } from "kysely";
import type { Viewer } from "#shared/access/viewer.ts";
import { canonical } from "../store/canonical.ts";
import type { Database } from "../store/schema.ts";
import { lensId, NO_LENS } from "../sync/lens.ts";
import { accountOf, refusedReader } from "./viewers.ts";

/** Who an account was for a while; `until` is null where it is so still. */
export interface Standing {
  since: string;
  until: string | null;
  /** The lens it looked through, `NO_LENS` where it saw nothing at all. */
  lensId: string;
  viewer: Viewer;
}

/**
 * Keeps in mind who an account is, so that what it did can be judged by what was allowed then.
 * Called with each request; reads one row where nothing has changed since the last.
 */
export const noteStanding = async (
  db: Kysely<Database>,
  viewer: Viewer,
  at: string,
): Promise<void> => {
  const open = await openStanding(db, viewer.accountId);
  if (open?.viewer === canonical(viewer)) return;
  await db.transaction().execute((tx) => writeStanding(tx, viewer.accountId, at));
};

/** The same inside a transaction, which thereby takes the lock of the account. */
export const writeStanding = async (
  tx: Transaction<Database>,
  accountId: string,
  at: string,
): Promise<void> => {
  // Takes the row's lock, in both databases: two who note the same account stand in line here.
  await tx
    .updateTable("account")
    .set((s) => ({ suspended: s.ref("suspended") }))
    .where("id", "=", accountId)
    .execute();
  const account = await accountOf(tx, accountId);
  if (!account.ok) return;
  const now = {
    viewer: canonical(account.value),
    lens_id: refusedReader(account.value) === null ? lensId(account.value) : NO_LENS,
  };
  const open = await openStanding(tx, accountId);
  if (open?.viewer === now.viewer) return;
  if (open === undefined) {
    // Whoever nobody has noted before has been what it is for as long as anybody knows.
    await tx
      .insertInto("standing")
      .values({ account_id: accountId, since: "", ...now })
      .execute();
    return;
  }
  const row = tx.updateTable("standing").where("account_id", "=", accountId);
  if (at <= open.since) {
    await row.set(now).where("since", "=", open.since).execute();
    return;
  }
  await row.set({ until: at }).where("since", "=", open.since).execute();
  await tx
    .insertInto("standing")
    .values({ account_id: accountId, since: at, ...now })
    .execute();
};

const openStanding = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom("standing")
    .select(["since", "viewer"])
    .where("account_id", "=", accountId)
    .where("until", "is", null)
    .executeTakeFirst();

/** Who an account was at an instant, or null where nobody knows. */
export const standingAt = async (
  db: Kysely<Database>,
  accountId: string,
  at: string,
): Promise<Standing | null> => {
  const row = await db
    .selectFrom("standing")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("since", "<=", at)
    .where((w) => w.or([w("until", "is", null), w("until", ">", at)]))
    .executeTakeFirst();
  return row === undefined
    ? null
    : {
        since: row.since,
        until: row.until,
        lensId: row.lens_id,
        viewer: JSON.parse(row.viewer) as Viewer,
      };
};
