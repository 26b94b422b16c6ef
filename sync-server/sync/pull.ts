import type { Kind } from "#shared/domain/intent.ts";
import type { Failure } from "#shared/failure.ts";
import { ok, type Result } from "#shared/result.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import type { Checkpoint, Sums, WireRecord } from "#shared/sync/wire.ts";
import type { Database } from "../store/schema.ts";
import { readSnapshot } from "../store/snapshot.ts";
import type { Store } from "../store/store.ts";
import { follows, headOf } from "./follow.ts";
import { PageCache } from "./page-cache.ts";
import type { Lens } from "./refeed.ts";
import { sumsOf } from "./sums.ts";

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

/** A page of a lens's feed; `records` is the JSON text of its `WireRecord[]`, in bytes. */
export interface FeedPage {
  reset: boolean;
  records: Buffer;
  checkpoint: Checkpoint;
  head: number;
  more: boolean;
  sums: Sums | null;
}

/**
 * The page of what stands in the lens's feed after `after`: an index range scan (S7). What has left
 * it is told by the revocations alone (S9). The last page reaches to the head, and carries the lens's
 * checksums as they are there (S10). Refuses as {@link follows} does; a checkpoint that is not of
 * this lens starts over.
 */
export const pullPage = async (
  store: Store,
  lens: Lens,
  after: Checkpoint | null,
  limit: number,
): Promise<Result<FeedPage, Failure>> => {
  const same = after === null ? ok(false) : await follows(store, lens, after);
  if (!same.ok) return same;
  const from = same.value ? (after?.seq ?? 0) : 0;
  const page = await pageAfter(store, lens.id, from, limit, await headOf(store.db, lens.id));
  return ok({ ...page, reset: after !== null && !same.value });
};

/**
 * What came in a lens's feed after a position of it, for all who stand there and are known to look
 * through it still. Null where that is more than `limit` records, or no position of the feed.
 */
export const growthPage = async (
  store: Store,
  lensId: string,
  after: number,
  limit: number,
): Promise<FeedPage | null> => {
  const known = await store.db
    .selectFrom("lens")
    .select(["base", "head"])
    .where("id", "=", lensId)
    .executeTakeFirst();
  if (known === undefined || after < known.base || after > known.head) return null;
  const page = await pageAfter(store, lensId, after, limit, known.head);
  return page.more ? null : page;
};

const pageAfter = (store: Store, lensId: string, from: number, limit: number, head: number) =>
  PageCache.of(store).page(`${lensId} ${from} ${limit}`, head, () =>
    readPage(store, lensId, from, limit),
  );

/** A page as it is told to whoever asked for it or follows the feed: JSON text, in bytes. */
export const pageText = (page: FeedPage, serverTime: string, more: object = {}): Buffer => {
  const { records, ...rest } = page;
  const head = JSON.stringify({ protocol: PROTOCOL, serverTime, ...more, ...rest });
  return Buffer.concat([Buffer.from(`${head.slice(0, -1)},"records":`), records, Buffer.from("}")]);
};

const readPage = (store: Store, lensId: string, from: number, limit: number): Promise<FeedPage> =>
  readSnapshot(store, async (tx) => {
    const head = await headOf(tx, lensId);
    const rows = await tx
      .selectFrom("feed")
      .select(["record_id", "seq", "kind", "until", "doc"])
      .where("lens_id", "=", lensId)
      .where("seq", ">", from)
      .where("doc", "is not", null)
      .orderBy("seq")
      .limit(limit + 1)
      .execute();
    const told = rows.slice(0, limit);
    const more = rows.length > limit;
    const seq = more ? (told.at(-1)?.seq ?? from) : Math.max(from, head);
    return {
      reset: false,
      records: Buffer.from(`[${told.map(wireText).join(",")}]`),
      checkpoint: { epoch: store.epoch, lens: lensId, seq },
      head,
      more,
      sums: more ? null : await sumsOf(tx, lensId),
    };
  });
