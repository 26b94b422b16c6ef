import type { Kysely } from "kysely";
import type { Kind } from "#shared/domain/intent.ts";
import type { DigestResponse, WireRecord } from "#shared/sync/wire.ts";
import type { Database } from "../store/schema.ts";
import { wireRecord } from "./pull.ts";
import { rowSum } from "./sums.ts";

/** The revision and checksum of each record of some kinds that a lens shows, in order of id (S10). */
export const digestOf = async (
  db: Kysely<Database>,
  lensId: string,
  { kinds, after, limit }: { kinds: Kind[]; after: string | null; limit: number },
): Promise<Pick<DigestResponse, "rows" | "more">> => {
  const rows = await db
    .selectFrom("feed")
    .select(["record_id", "kind", "seq", "until", "doc"])
    .where("lens_id", "=", lensId)
    .where("record_id", ">", after ?? "")
    .where("kind", "in", kinds)
    .where("doc", "is not", null)
    .orderBy("record_id")
    .limit(limit)
    .execute();
  return {
    rows: rows.map((row) => [row.record_id, row.seq, rowSum(row) ?? 0]),
    more: rows.length === limit,
  };
};

/** A tombstone has to be of some kind; of one that was never told, the kind says nothing. */
const ANY_KIND: Kind = "device";

/**
 * These records as a lens shows them now (S10): a tombstone for what it does not show, of revision 0
 * where it never did, whether there is such a record or not.
 */
export const fetchRecords = async (
  db: Kysely<Database>,
  lensId: string,
  ids: readonly string[],
): Promise<WireRecord[]> => {
  const wanted = [...new Set(ids)];
  const rows = await db
    .selectFrom("feed")
    .select(["record_id", "kind", "seq", "until", "doc"])
    .where("lens_id", "=", lensId)
    .where("record_id", "in", wanted)
    .execute();
  const told = new Map(rows.map((row) => [row.record_id, wireRecord(row)]));
  return wanted.map(
    (id) => told.get(id) ?? { id, kind: ANY_KIND, rev: 0, until: null, data: null },
  );
};
