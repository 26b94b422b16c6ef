import type { Transaction } from "kysely";
import type { Kind } from "#shared/domain/intent.ts";
import type { Failure } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import type { Checkpoint, Sums, WireRecord } from "#shared/sync/wire.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { extentOf, follows, refusedCheckpoint } from "./follow.ts";
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
 * checksums as they are there (S10). Refuses as {@link refusedCheckpoint} does; a checkpoint that is not of
 * this lens starts over.
 */
export const pullPage = async (
  store: Store,
  lens: Lens,
  after: Checkpoint | null,
  limit: number,
): Promise<Result<FeedPage, Failure>> => {
  const refused = await refusedCheckpoint(store, lens, after);
  if (refused !== null) return err(refused);
  return store.reading(lens.viewer.tenant.id, async (tx) => {
    const extent = await extentOf(tx, lens.id);
    const feed = { lens: lens.id, epoch: store.epoch, ...extent };
    const same = after !== null && follows(feed, after);
    const page = await pageAfter(store, tx, { ...feed, from: same ? after.seq : 0, limit });
    return ok({ ...page, reset: after !== null && !same });
  });
};

/**
 * What came in the feed of a tenant's lens after a position of it, for all who stand there and are
 * known to look through it still. Null where that is more than `limit` records, or no position of the feed.
 */
export const growthPage = async (
  store: Store,
  { lens, tenant }: { lens: string; tenant: string },
  after: number,
  limit: number,
): Promise<FeedPage | null> =>
  store.reading(tenant, async (tx) => {
    const extent = await extentOf(tx, lens);
    if (after < extent.base || after > extent.head) return null;
    const feed = { lens, epoch: store.epoch, ...extent };
    const page = await pageAfter(store, tx, { ...feed, from: after, limit });
    return page.more ? null : page;
  });

/** What is asked of a feed that reaches to `head`: what came after `from`, up to `limit` records. */
interface Asked {
  epoch: string;
  lens: string;
  head: number;
  from: number;
  limit: number;
}

const pageAfter = (store: Store, tx: Transaction<Database>, asked: Asked) =>
  PageCache.of(store).page(`${asked.lens} ${asked.from} ${asked.limit}`, asked.head, () =>
    readPage(tx, asked),
  );

/** A page as it is told to whoever asked for it or follows the feed: JSON text, in bytes. */
export const pageText = (page: FeedPage, serverTime: string, more: object = {}): Buffer => {
  const { records, ...rest } = page;
  const head = JSON.stringify({ protocol: PROTOCOL, serverTime, ...more, ...rest });
  return Buffer.concat([Buffer.from(`${head.slice(0, -1)},"records":`), records, Buffer.from("}")]);
};

const readPage = async (
  tx: Transaction<Database>,
  { epoch, lens, head, from, limit }: Asked,
): Promise<FeedPage> => {
  const rows = await tx
    .selectFrom("feed")
    .select(["record_id", "seq", "kind", "until", "doc"])
    .where("lens_id", "=", lens)
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
    checkpoint: { epoch, lens, seq },
    head,
    more,
    sums: more ? null : await sumsOf(tx, lens),
  };
};
