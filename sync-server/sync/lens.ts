import type { Kysely } from "kysely";
import { scopeOf } from "#shared/access/layers.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { sightOf } from "#shared/access/visibility.ts";
import { canonical, sha256 } from "../store/canonical.ts";
import type { Database } from "../store/schema.ts";
import { fillLens } from "./refeed.ts";

/** What of a viewer decides what it sees, and nothing else: those alike share one lens (S7). */
const lensKey = (viewer: Viewer) => {
  const scope = scopeOf(viewer);
  return {
    tenant: viewer.tenant.id,
    sight: sightOf(viewer),
    scope,
    account: scope.ownVisits ? viewer.accountId : null,
  };
};

/** The id of the lens a viewer looks through. */
export const lensId = (viewer: Viewer): string => sha256(canonical(lensKey(viewer))).slice(0, 32);

/** The lens of whoever may see nothing at all: there is none of this id, and so nothing in its feed. */
export const NO_LENS = "";

/** A lens, where its feed begins, and its last position. */
export interface OpenLens {
  id: string;
  base: number;
  head: number;
}

/**
 * The viewer's lens. One that nobody has looked through before, or not for so long that its feed has
 * been collected, is filled first, whole, in one transaction.
 */
export const openLens = async (
  db: Kysely<Database>,
  viewer: Viewer,
  at: string,
): Promise<OpenLens> => {
  const id = lensId(viewer);
  const today = at.slice(0, 10);
  const known = await find(db, id);
  if (known !== undefined && known.last_used !== null) {
    if (known.last_used < today) {
      await db.updateTable("lens").set({ last_used: today }).where("id", "=", id).execute();
    }
    return known;
  }
  return db.transaction().execute(async (tx) => {
    await tx
      .insertInto("lens")
      .values({
        id,
        tenant_id: viewer.tenant.id,
        account_id: lensKey(viewer).account,
        viewer: JSON.stringify(viewer),
        // Filling begins one further on: here with 0.
        head: -1,
        last_used: null,
      })
      .onConflict((c) => c.column("id").doNothing())
      .execute();
    // Of several who come at once, one fills it, and the others wait for that.
    const mine = await tx
      .updateTable("lens")
      // Whoever had read all of the old feed has not read the beginning of this one.
      .set((s) => ({ last_used: today, head: s("head", "+", 1), base: s("head", "+", 1) }))
      .where("id", "=", id)
      .where("last_used", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (mine !== undefined) await fillLens(tx, { id, viewer }, at);
    return (await find(tx, id)) ?? { id, base: 0, head: 0 };
  });
};

const find = (db: Kysely<Database>, id: string) =>
  db
    .selectFrom("lens")
    .select(["id", "base", "head", "last_used"])
    .where("id", "=", id)
    .executeTakeFirst();
