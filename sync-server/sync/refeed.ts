import { sql, type Transaction } from "kysely";
import { type Projection, project } from "#shared/access/project.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { readsKind } from "#shared/access/visibility.ts";
import type { Kind } from "#shared/domain/intent.ts";
import type { Database } from "../store/schema.ts";
import type { Heads } from "../store/store.ts";
import { runsBesideOthers } from "../store/transact.ts";
import { LensFacts } from "./lens-facts.ts";
import { adjustSums, type Summed } from "./sums.ts";

/** A lens as the feed needs to know it. */
export interface Lens {
  id: string;
  viewer: Viewer;
}

/** A record as the feed needs to know it. */
export interface FeedRecord {
  id: string;
  kind: Kind;
  customerId: string;
  deviceId: string;
  data: unknown;
}

/** Which record to decide anew. */
export type Subject = Pick<FeedRecord, "id" | "kind">;

/** Devices first, since what else is seen hangs on which devices are; customers and papers last. */
const rank: Record<Kind, number> = {
  device: 0,
  person: 1,
  role: 1,
  partner: 1,
  ticket: 1,
  alarm: 1,
  visit: 1,
  telemetry: 1,
  agreement: 2,
  grant: 2,
  customer: 2,
};

const CHUNK = 400;

const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, i) =>
    all.slice(i * CHUNK, (i + 1) * CHUNK),
  );

/**
 * Decides anew what lenses see of these records and writes to each feed what differs from what it was
 * last told: a record that entered or changed, or a tombstone for one that left (S7, S8). Records are
 * read a chunk at a time, however many there are. `concerns` leaves out what a lens need not be asked.
 * Returns how far the feeds have grown.
 */
export const refeed = async (
  tx: Transaction<Database>,
  lenses: readonly Lens[],
  subjects: readonly Subject[],
  at: string,
  concerns: (lens: Lens, recordId: string) => boolean = () => true,
): Promise<Heads> => {
  const heads: Heads = {};
  const views = lenses.map((lens) => ({ lens, facts: new LensFacts(tx, lens) }));
  for (const level of [0, 1, 2]) {
    for (const chunk of chunks(subjects.filter((s) => rank[s.kind] === level))) {
      const loaded = await load(tx, chunk);
      for (const { lens, facts } of views) {
        const records = loaded.filter((r) => concerns(lens, r.id));
        if (records.length === 0) continue;
        await facts.learn(records, at);
        const changed = await changesOf(tx, lens, records, facts, at);
        if (changed.length === 0) continue;
        const seq = await write(tx, lens, changed, at);
        const left = changed.some(({ doc }) => doc === null);
        heads[lens.id] = { seq, revoked: left || heads[lens.id]?.revoked === true };
        for (const { record, now } of changed) {
          if (record.kind === "device") facts.setSeen(record, now);
        }
      }
    }
  }
  return heads;
};

const load = async (
  tx: Transaction<Database>,
  subjects: readonly Subject[],
): Promise<FeedRecord[]> => {
  const ids = subjects.map((s) => s.id);
  const rows = await tx
    .selectFrom("record")
    .select(["id", "kind", "customer_id", "device_id", "data"])
    .where("id", "in", ids)
    .orderBy("id")
    .execute();
  return rows.map(feedRecord);
};

/** Fills the feed of a lens that has just been made, or whose feed had been collected. */
export const fillLens = async (
  tx: Transaction<Database>,
  lens: Lens,
  at: string,
): Promise<void> => {
  // Whoever writes a record meanwhile cannot see this lens yet, and so waits until it is there.
  if (runsBesideOthers(tx)) await sql`LOCK TABLE record IN SHARE MODE`.execute(tx);
  const tenant = lens.viewer.tenant.id;
  const covered = tx.selectFrom("coverage").select("device_id").where("partner_id", "=", tenant);
  const subjects = await tx
    .selectFrom("record")
    .select(["id", "kind"])
    .$castTo<Subject>()
    .where((w) =>
      w.or([
        w("device_id", "in", covered),
        w("tenant_id", "=", tenant),
        ...(readsKind(lens.viewer, "partner") ? [w("kind", "=", "partner")] : []),
        w.and([
          w("kind", "in", ["agreement", "grant", "customer"]),
          w(
            "customer_id",
            "in",
            tx.selectFrom("record").select("customer_id").where("device_id", "in", covered),
          ),
        ]),
      ]),
    )
    .orderBy("id")
    .execute();
  await refeed(tx, [lens], subjects, at);
};

/** A row of the record table, for the feed. */
const feedRecord = (row: {
  id: string;
  kind: string;
  customer_id: string;
  device_id: string;
  data: string;
}): FeedRecord => ({
  id: row.id,
  kind: row.kind as Kind,
  customerId: row.customer_id,
  deviceId: row.device_id,
  data: JSON.parse(row.data) as unknown,
});

interface Change {
  record: FeedRecord;
  before: Summed | undefined;
  now: Projection;
  doc: string | null;
}

const changesOf = async (
  tx: Transaction<Database>,
  lens: Lens,
  records: readonly FeedRecord[],
  facts: LensFacts,
  at: string,
): Promise<Change[]> => {
  const told = await tx
    .selectFrom("feed")
    .select(["record_id", "kind", "seq", "until", "doc"])
    .where("lens_id", "=", lens.id)
    .where(
      "record_id",
      "in",
      records.map((r) => r.id),
    )
    .execute();
  const toldOf = new Map(told.map((t) => [t.record_id, t]));
  const changed: Change[] = [];
  for (const record of records) {
    const now = project(lens.viewer, record, facts.of(record), at);
    const doc = now === null ? null : JSON.stringify(now.data);
    const before = toldOf.get(record.id);
    const same =
      before === undefined
        ? now === null
        : before.doc === doc && (doc === null || before.until === (now?.until ?? null));
    if (!same) changed.push({ record, before, now, doc });
  }
  return changed;
};

const write = async (
  tx: Transaction<Database>,
  lens: Lens,
  changes: readonly Change[],
  at: string,
): Promise<number> => {
  const { head } = await tx
    .updateTable("lens")
    .set((s) => ({ head: s("head", "+", changes.length) }))
    .where("id", "=", lens.id)
    .returning("head")
    .executeTakeFirstOrThrow();
  const first = head - changes.length + 1;
  const rows = changes.map(({ record, now, doc }, i) => ({
    lens_id: lens.id,
    record_id: record.id,
    seq: first + i,
    kind: record.kind,
    customer_id: record.customerId,
    until: now?.until ?? null,
    doc,
    since: at,
    left_at: doc === null ? at : null,
  }));
  await tx
    .insertInto("feed")
    .values(rows)
    .onConflict((c) =>
      c.columns(["lens_id", "record_id"]).doUpdateSet((s) => ({
        seq: s.ref("excluded.seq"),
        until: s.ref("excluded.until"),
        doc: s.ref("excluded.doc"),
        left_at: s.ref("excluded.left_at"),
        // What only changes has stood since it entered; what leaves did until now.
        since: sql`CASE WHEN feed.doc IS NULL THEN excluded.since ELSE feed.since END`,
      })),
    )
    .execute();
  await adjustSums(
    tx,
    lens.id,
    changes.flatMap(({ before }) => before ?? []),
    rows,
  );
  return head;
};
