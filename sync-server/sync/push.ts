import type { Transaction } from "kysely";
import { Intent } from "#shared/domain/intent.ts";
import type { Verdict, WireRecord } from "#shared/sync/wire.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { runsBesideOthers, transact } from "../store/transact.ts";
import { idOf, targetIdOf, type Via } from "./audited.ts";
import { Batch } from "./batch.ts";
import type { Hearing } from "./judge.ts";
import { wireRecord } from "./pull.ts";
import type { Lens } from "./refeed.ts";
import { type Overwritten, RecordWriter } from "./write-records.ts";

/**
 * Runs intents exactly once each, in order (S3). The verdicts, the records, every feed row, the audit
 * lines and the domain events of all of them stand or fall in one transaction: a thousand changes are
 * not a thousand waits for the disk, and where the server fails none of them has happened. An intent
 * heard before gets the same verdict again, and nothing is run; the same id with other content, or
 * from someone else, is refused and audited. `lens` is what the caller sees now; its id may be of none.
 */
export const runIntents = (
  store: Store,
  lens: Lens,
  via: Via,
  raws: readonly unknown[],
  hearing: Hearing,
): Promise<Verdict[]> =>
  transact(store.db, async (tx) => {
    const writer = new RecordWriter(tx, hearing.now, await targetsOf(tx, raws));
    const batch = new Batch(tx, lens, via, hearing, writer, await heardBefore(tx, raws));
    const verdicts: Verdict[] = [];
    for (const raw of raws) verdicts.push(await batch.run(raw));
    await batch.close(store);
    return verdicts;
  });

/**
 * The records that intents aim at, as they are written over. Where several transactions run, two that
 * aim at the same record stand in line here, in one order.
 */
const targetsOf = async (
  tx: Transaction<Database>,
  raws: readonly unknown[],
): Promise<Map<string, Overwritten>> => {
  const ids = raws.map(targetIdOf).filter((id) => id !== "");
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("record")
    .select(["id", "assignee_id", "version", "authors"])
    .where("id", "in", ids)
    .orderBy("id")
    .$if(runsBesideOthers(tx), (q) => q.forUpdate())
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
};

const heardBefore = async (
  tx: Transaction<Database>,
  raws: readonly unknown[],
): Promise<Map<string, Database["verdict"]>> => {
  const ids = raws.map(idOf).filter((id) => id !== "");
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom("verdict").selectAll().where("intent_id", "in", ids).execute();
  return new Map(rows.map((row) => [row.intent_id, row]));
};

/** The record an intent aims at; an answer has no words for what is none (S5). */
const Target = Intent.shape.target;

/** What the viewer may now see of each record the intents aimed at; a tombstone where nothing (S4). */
export const answerRecords = async (
  store: Store,
  lens: Lens,
  raws: readonly unknown[],
): Promise<WireRecord[]> => {
  const targets = new Map(
    raws.flatMap((raw) => {
      const target = Target.safeParse((raw as { target?: unknown } | null)?.target);
      return target.success ? [[target.data.id, target.data.kind] as const] : [];
    }),
  );
  if (targets.size === 0) return [];
  const rows = await store.reading(lens.viewer.tenant.id, (tx) =>
    tx
      .selectFrom("feed")
      .selectAll()
      .where("lens_id", "=", lens.id)
      .where("record_id", "in", [...targets.keys()])
      .execute(),
  );
  const told = new Map(rows.map((row) => [row.record_id, wireRecord(row)]));
  return [...targets].map(
    ([id, kind]) => told.get(id) ?? { id, kind, rev: 0, until: null, data: null },
  );
};
