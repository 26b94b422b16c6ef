import type { Kind } from "#shared/domain/intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { Checkpoint, Sums, WireRecord } from "#shared/sync/wire.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import type { Lens } from "./refeed.ts";

type FeedRow = Pick<Database["feed"], "record_id" | "seq" | "kind" | "until" | "doc">;

/** A row of a feed, as it is told. */
export const wireRecord = (row: FeedRow): WireRecord => ({
  id: row.record_id,
  kind: row.kind as Kind,
  rev: row.seq,
  until: row.until,
  data: row.doc === null ? null : (JSON.parse(row.doc) as Record<string, unknown>),
});

/** The same as JSON text, without building the record only to write it out again. */
const wireText = (row: FeedRow): string =>
  `{"id":"${row.record_id}","kind":"${row.kind}","rev":${row.seq},"until":${
    row.until === null ? "null" : `"${row.until}"`
  },"data":${row.doc ?? "null"}}`;

/** A page of a lens's feed; `recordsJson` is the JSON text of its `WireRecord[]`. */
export interface FeedPage {
  reset: boolean;
  recordsJson: string;
  checkpoint: Checkpoint;
  head: number;
  more: boolean;
  sums: Sums | null;
}

/**
 * The page of the lens's feed after `after`: an index range scan (S7). A checkpoint of another lens
 * of the same tenant (the role changed) or of another epoch starts over; one of another tenant's lens
 * is a client asking for what is not its own, and is refused.
 */
export const pullPage = async (
  store: Store,
  lens: Lens & { head: number },
  after: Checkpoint | null,
  limit: number,
): Promise<Result<FeedPage, Failure>> => {
  const same = after !== null && after.lens === lens.id && after.epoch === store.epoch;
  if (after !== null && after.lens !== lens.id) {
    const other = await store.db
      .selectFrom("lens")
      .select("tenant_id")
      .where("id", "=", after.lens)
      .executeTakeFirst();
    if (other !== undefined && other.tenant_id !== lens.viewer.tenant.id) {
      return err(fail("scope-not-yours"));
    }
  }
  const from = same ? after.seq : 0;
  const rows = await store.db
    .selectFrom("feed")
    .select(["record_id", "seq", "kind", "until", "doc"])
    .where("lens_id", "=", lens.id)
    .where("seq", ">", from)
    // From the start there is nothing to bury.
    .$if(from === 0, (q) => q.where("doc", "is not", null))
    .orderBy("seq")
    .limit(limit)
    .execute();
  return ok({
    reset: after !== null && !same,
    recordsJson: `[${rows.map(wireText).join(",")}]`,
    checkpoint: { epoch: store.epoch, lens: lens.id, seq: rows.at(-1)?.seq ?? from },
    head: lens.head,
    more: rows.length === limit,
    sums: null,
  });
};
