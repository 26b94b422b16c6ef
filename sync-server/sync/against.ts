import type { Transaction } from "kysely";
import { Scalar } from "#shared/domain/intent.ts";
import type { Against } from "#shared/sync/wire.ts";
import type { Database } from "../store/schema.ts";
import type { Authors } from "./authors.ts";

type Fields = Record<string, unknown>;

/** What an intent's maker saw in the scalar fields that it changes. */
export type Saw = Record<string, Scalar>;

const scalarOf = (data: Fields, field: string): Scalar | undefined => {
  if (!Object.hasOwn(data, field)) return undefined;
  const value = Scalar.safeParse(data[field]);
  return value.success ? value.data : undefined;
};

/** Whether an applied intent can have overwritten what its maker had not seen; no query is needed. */
export const overwritesUnseen = (saw: Saw, before: Fields, after: Fields): boolean =>
  Object.entries(saw).some(
    ([field, seen]) => before[field] !== seen && before[field] !== after[field],
  );

/**
 * What stands in the fields an intent's maker looked at, and is not what it saw: as the lens shows
 * the record now, so never what its viewer may not see, and never the actor's own doing (S6, S8).
 * `after` is what the record becomes of an applied intent: only what it changes has lost then; null
 * of a refused one, where whatever stands is told.
 */
export const standingAgainst = async (
  tx: Transaction<Database>,
  lensId: string,
  { targetId, actorId, saw }: { targetId: string; actorId: string; saw: Saw },
  after: Fields | null,
): Promise<Against[]> => {
  if (Object.keys(saw).length === 0) return [];
  const row = await tx
    .selectFrom("feed")
    .innerJoin("record", "record.id", "feed.record_id")
    .select(["feed.doc as doc", "record.authors as authors"])
    .where("feed.lens_id", "=", lensId)
    .where("feed.record_id", "=", targetId)
    .where("feed.doc", "is not", null)
    .executeTakeFirst();
  if (row === undefined) return [];
  const shown = JSON.parse(row.doc ?? "{}") as Fields;
  const authors = JSON.parse(row.authors) as Authors;
  return Object.entries(saw).flatMap(([field, seen]): Against[] => {
    const value = scalarOf(shown, field);
    const author = authors[field];
    const lost = after === null || after[field] !== value;
    if (value === undefined || value === seen || !lost || author?.id === actorId) return [];
    return [{ field, value, by: author?.by ?? null, at: author?.at ?? null }];
  });
};

/**
 * What stood against an intent, as its verdict keeps it, for a lens that asks again: nothing of a
 * record that it no longer shows, and no field.
 */
export const stillShown = async (
  tx: Transaction<Database>,
  lensId: string,
  targetId: string,
  against: Against[],
): Promise<Against[]> => {
  if (against.length === 0) return [];
  const row = await tx
    .selectFrom("feed")
    .select("doc")
    .where("lens_id", "=", lensId)
    .where("record_id", "=", targetId)
    .executeTakeFirst();
  const shown = JSON.parse(row?.doc ?? "{}") as Fields;
  return against.filter(({ field }) => Object.hasOwn(shown, field));
};
