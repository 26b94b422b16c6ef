import type { Kysely, Transaction } from "kysely";
import type { Viewer } from "#shared/access/viewer.ts";
import { canonical, sha256 } from "../store/canonical.ts";
import type { Database } from "../store/schema.ts";
import { fillLens } from "./refeed.ts";

/** What of a viewer decides what it sees, and nothing else: those alike share one lens (S7). */
const lensKey = (viewer: Viewer) => ({
  tenant: viewer.tenant.id,
  entitlements: [...viewer.entitlements].sort(),
  levels: viewer.role?.levels ?? {},
  scope: viewer.role?.scope ?? "coverage",
  account: viewer.role?.scope === "own-visits" ? viewer.accountId : null,
});

/** The id of the lens a viewer looks through. */
export const lensId = (viewer: Viewer): string => sha256(canonical(lensKey(viewer))).slice(0, 32);

/**
 * The viewer's lens and the last position of its feed. A lens that nobody has looked through before
 * is made and filled first, whole, in one transaction.
 */
export const openLens = async (
  db: Kysely<Database>,
  viewer: Viewer,
  at: string,
): Promise<{ id: string; head: number }> => {
  const id = lensId(viewer);
  const find = (on: Kysely<Database> | Transaction<Database>) =>
    on.selectFrom("lens").select(["id", "head"]).where("id", "=", id).executeTakeFirst();
  const known = await find(db);
  if (known !== undefined) return known;
  return db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto("lens")
      .values({
        id,
        tenant_id: viewer.tenant.id,
        account_id: lensKey(viewer).account,
        viewer: JSON.stringify(viewer),
        head: 0,
      })
      .onConflict((c) => c.column("id").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (made !== undefined) await fillLens(tx, { id, viewer }, at);
    return (await find(tx)) ?? { id, head: 0 };
  });
};
