import { LATE_WORK_MS } from "#shared/sync/work-time.ts";
import type { Store } from "../store/store.ts";
import { transact } from "../store/transact.ts";

/** How long nobody has to look through a lens before its feed goes. */
const UNUSED_MS = 40 * 24 * 3_600_000;

const before = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString();

/**
 * Empties the feeds of lenses through which nobody has looked for 40 days, and through which no
 * account sees now, or saw so lately that its work may still come in and be judged by them. The lens
 * itself stays: filled again, its feed begins after where it ended, and an old checkpoint starts
 * over. Returns how many there were.
 */
export const collectLenses = (store: Store, at: string): Promise<number> =>
  transact(store.db, async (tx) => {
    const needed = before(at, LATE_WORK_MS);
    const unused = await tx
      .selectFrom("lens")
      .select("id")
      .where("last_used", "<", before(at, UNUSED_MS))
      .where((w) => {
        const seeing = w
          .selectFrom("standing")
          .select("account_id")
          .whereRef("standing.lens_id", "=", "lens.id")
          .where((s) => s.or([s("until", "is", null), s("until", ">", needed)]));
        return w.not(w.exists(seeing));
      })
      .orderBy("id")
      .execute();
    for (const { id } of unused) {
      await tx.updateTable("lens").set({ last_used: null }).where("id", "=", id).execute();
      await tx.deleteFrom("feed").where("lens_id", "=", id).execute();
      await tx.deleteFrom("lens_sum").where("lens_id", "=", id).execute();
    }
    return unused.length;
  });
