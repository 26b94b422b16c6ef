import type { Transaction } from "kysely";
import { type Projection, project } from "#shared/access/project.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Kind } from "#shared/domain/intent.ts";
import type { Database } from "../store/schema.ts";
import { LensFacts } from "./lens-facts.ts";

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

/** Devices first, since what else is seen hangs on which devices are; customers and papers last. */
const rank: Record<Kind, number> = {
  device: 0,
  person: 1,
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
 * Decides anew what a lens sees of these records and writes to its feed what differs from what it
 * was last told: a record that entered or changed, or a tombstone for one that left (S7, S8).
 * Returns the feed's new last position, or null where nothing differs.
 */
export const refeed = async (
  tx: Transaction<Database>,
  lens: Lens,
  records: readonly FeedRecord[],
  at: string,
): Promise<number | null> => {
  let head: number | null = null;
  const facts = new LensFacts(tx, lens);
  for (const level of [0, 1, 2]) {
    const ofLevel = records.filter((r) => rank[r.kind] === level);
    for (const chunk of chunks(ofLevel)) {
      await facts.learn(chunk, at);
      const changed = await changesOf(tx, lens, chunk, facts, at);
      if (changed.length > 0) head = await write(tx, lens, changed);
      for (const { record, now } of changed) {
        if (record.kind === "device") facts.setSeen(record, now !== null);
      }
    }
  }
  return head;
};

/** Fills the feed of a lens that has just been made. */
export const fillLens = async (
  tx: Transaction<Database>,
  lens: Lens,
  at: string,
): Promise<void> => {
  const tenant = lens.viewer.tenant.id;
  const covered = tx.selectFrom("coverage").select("device_id").where("partner_id", "=", tenant);
  const rows = await tx
    .selectFrom("record")
    .selectAll()
    .where((w) =>
      w.or([
        w("device_id", "in", covered),
        w.and([w("tenant_id", "=", tenant), w("kind", "=", "person")]),
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
  await refeed(tx, lens, rows.map(feedRecord), at);
};

/** A row of the record table, for the feed. */
export const feedRecord = (row: {
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
    .select(["record_id", "doc", "until"])
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
    if (!same) changed.push({ record, now, doc });
  }
  return changed;
};

const write = async (
  tx: Transaction<Database>,
  lens: Lens,
  changes: readonly Change[],
): Promise<number> => {
  const { head } = await tx
    .updateTable("lens")
    .set((s) => ({ head: s("head", "+", changes.length) }))
    .where("id", "=", lens.id)
    .returning("head")
    .executeTakeFirstOrThrow();
  const first = head - changes.length + 1;
  await tx
    .insertInto("feed")
    .values(
      changes.map(({ record, now, doc }, i) => ({
        lens_id: lens.id,
        record_id: record.id,
        seq: first + i,
        kind: record.kind,
        customer_id: record.customerId,
        until: now?.until ?? null,
        doc,
      })),
    )
    .onConflict((c) =>
      c.columns(["lens_id", "record_id"]).doUpdateSet((s) => ({
        seq: s.ref("excluded.seq"),
        until: s.ref("excluded.until"),
        doc: s.ref("excluded.doc"),
      })),
    )
    .execute();
  return head;
};
