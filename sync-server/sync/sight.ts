import type { Transaction } from "kysely";
import type { Kind } from "#shared/domain/intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import type { Database } from "../store/schema.ts";
import { LensFacts } from "./lens-facts.ts";
import type { Lens } from "./refeed.ts";

/** What a maker had before its eyes: a lens, as it is now (`at` null) or as it was at an instant. */
export interface Sight {
  lens: Lens;
  at: string | null;
}

/** A record by its kind and id. */
export interface About {
  kind: Kind;
  id: string;
}

/**
 * Layers 5 and 6 for one record, now. One that this lens was never told of is unknown, whether it
 * exists or not: a stranger's guess learns nothing. One that has left the lens is told why.
 */
export const unseen = async (
  tx: Transaction<Database>,
  lens: Lens,
  { kind, id }: About,
  now: string,
): Promise<Failure | null> => {
  const told = await tx
    .selectFrom("feed")
    .select(["doc", "kind"])
    .where("lens_id", "=", lens.id)
    .where("record_id", "=", id)
    .executeTakeFirst();
  if (told === undefined || told.kind !== kind) return fail("target-unknown", { kind });
  if (told.doc !== null) return null;
  const row = await tx
    .selectFrom("record")
    .select(["id", "customer_id", "device_id"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return fail("target-unknown", { kind });
  const record = { ...row, kind, customerId: row.customer_id, deviceId: row.device_id, data: {} };
  const facts = new LensFacts(tx, lens);
  await facts.learn([record], now);
  const { coverage } = facts.of(record);
  return coverage === null || coverage.covered ? fail("outside-scope") : coverage.failure;
};

/**
 * What an intent names, as its maker's own lens showed it, by "kind:id": client and server judge by
 * the same facts. What has left the lens since is taken as it is stored: the kinds that intents name
 * are shown whole or not at all.
 */
export const factsSeen = async (
  tx: Transaction<Database>,
  { lens, at }: Sight,
  needs: readonly About[],
): Promise<Map<string, unknown>> => {
  if (needs.length === 0) return new Map();
  const rows = await tx
    .selectFrom("feed")
    .innerJoin("record", "record.id", "feed.record_id")
    .select(["feed.record_id", "feed.kind", "feed.doc", "feed.left_at", "record.data"])
    .where("feed.lens_id", "=", lens.id)
    .where(
      "feed.record_id",
      "in",
      needs.map((n) => n.id),
    )
    .execute();
  return new Map(
    rows.flatMap(({ record_id, kind, doc, left_at, data }) => {
      const stillThere = at !== null && left_at !== null && left_at > at;
      const text = doc ?? (stillThere ? data : null);
      return text === null ? [] : [[`${kind}:${record_id}`, JSON.parse(text) as unknown]];
    }),
  );
};

/** Every record of some kinds, as its maker's lens shows it now, by kind. */
export const allSeen = async (
  tx: Transaction<Database>,
  { lens }: Sight,
  kinds: readonly Kind[],
): Promise<Map<Kind, unknown[]>> => {
  const seen = new Map<Kind, unknown[]>();
  if (kinds.length === 0) return seen;
  const rows = await tx
    .selectFrom("feed")
    .select(["kind", "doc"])
    .where("lens_id", "=", lens.id)
    .where("kind", "in", [...kinds])
    .where("doc", "is not", null)
    .orderBy("record_id")
    .execute();
  for (const { kind, doc } of rows) {
    const of = seen.get(kind as Kind) ?? [];
    of.push(JSON.parse(doc ?? "null"));
    seen.set(kind as Kind, of);
  }
  return seen;
};
