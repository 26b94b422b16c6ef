import type { Kysely, Transaction } from "kysely";
import type { Kind } from "#shared/domain/intent.ts";
import { addToSums, recordSum } from "#shared/sync/checksum.ts";
import type { Sums } from "#shared/sync/wire.ts";
import type { Database } from "../store/schema.ts";

/** Sums are taken modulo this, as in `addToSums`. */
const MODULUS = 2 ** 48;

/** A row of a feed, as far as its checksum depends on it. */
export type Summed = Pick<Database["feed"], "record_id" | "kind" | "seq" | "until" | "doc">;

/** The checksum of a row that stands (S10); null of a tombstone, which no sum holds. */
export const rowSum = ({ record_id, seq, until, doc }: Summed): number | null =>
  doc === null ? null : recordSum(record_id, seq, until ?? "", doc);

/**
 * Keeps a lens's checksums in step with its feed (S10), inside the transaction that writes the feed:
 * `left` are the rows as they stood, `entered` as they stand now.
 */
export const adjustSums = async (
  tx: Transaction<Database>,
  lensId: string,
  left: readonly Summed[],
  entered: readonly Summed[],
): Promise<void> => {
  const changes = new Map<string, { count: number; sum: number }>();
  const add = (row: Summed, sign: 1 | -1) => {
    const sum = rowSum(row);
    if (sum === null) return;
    const old = changes.get(row.kind) ?? { count: 0, sum: 0 };
    changes.set(row.kind, {
      count: old.count + sign,
      sum: (old.sum + sign * sum + MODULUS) % MODULUS,
    });
  };
  for (const row of left) add(row, -1);
  for (const row of entered) add(row, 1);
  if (changes.size === 0) return;
  await tx
    .insertInto("lens_sum")
    .values([...changes].map(([kind, change]) => ({ lens_id: lensId, kind, ...change })))
    .onConflict((c) =>
      c.columns(["lens_id", "kind"]).doUpdateSet((s) => ({
        count: s("lens_sum.count", "+", s.ref("excluded.count")),
        sum: s(s.parens("lens_sum.sum", "+", s.ref("excluded.sum")), "%", s.lit(MODULUS)),
      })),
    )
    .execute();
};

/** The checksums of a lens, as its feed stands (S10). */
export const sumsOf = async (db: Kysely<Database>, lensId: string): Promise<Sums> => {
  const rows = await db
    .selectFrom("lens_sum")
    .select(["kind", "count", "sum"])
    .where("lens_id", "=", lensId)
    .where("count", ">", 0)
    .execute();
  return Object.fromEntries(rows.map(({ kind, count, sum }) => [kind, { count, sum }]));
};

const PAGE = 1000;

/** The checksums of a lens, computed from its feed from scratch. */
export const sumsFromFeed = async (db: Kysely<Database>, lensId: string): Promise<Sums> => {
  let sums: Sums = {};
  for (let after = ""; ; ) {
    const rows = await db
      .selectFrom("feed")
      .select(["record_id", "kind", "seq", "until", "doc"])
      .where("lens_id", "=", lensId)
      .where("record_id", ">", after)
      .orderBy("record_id")
      .limit(PAGE)
      .execute();
    for (const row of rows) {
      const sum = rowSum(row);
      if (sum !== null) sums = addToSums(sums, row.kind as Kind, sum, 1);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return sums;
    after = last.record_id;
  }
};

/** Notes the checksums of a lens that was filled before checksums were kept. */
export const sumLens = async (db: Kysely<Database>, lensId: string): Promise<void> => {
  const sums = Object.entries(await sumsFromFeed(db, lensId));
  if (sums.length === 0) return;
  await db
    .insertInto("lens_sum")
    .values(sums.map(([kind, sum]) => ({ lens_id: lensId, kind, ...sum })))
    .execute();
};
