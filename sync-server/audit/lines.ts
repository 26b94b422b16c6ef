import type { SelectQueryBuilder } from "kysely";
import type { CommittedEntry, Openings } from "#shared/audit/entry.ts";
import type { Line } from "#shared/audit/line.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";

type Row = Pick<Database["audit"], "log_id" | "seq" | "prev_hash" | "entry" | "openings">;

const lineOf = (row: Row): Line => ({
  log: row.log_id,
  seq: row.seq,
  prev: row.prev_hash,
  entry: JSON.parse(row.entry) as CommittedEntry,
  openings: JSON.parse(row.openings) as Openings,
});

/** The lines that a query of `audit` finds, with all their openings. */
export const readLines = async (
  query: SelectQueryBuilder<Database, "audit", object>,
): Promise<Line[]> => {
  const rows = await query.select(["log_id", "seq", "prev_hash", "entry", "openings"]).execute();
  return rows.map(lineOf);
};

const AT_ONCE = 500;

/** The first `size` lines of a log, oldest first, a page in memory and in a transaction at a time. */
export async function* firstLines(store: Store, logId: string, size: number): AsyncGenerator<Line> {
  for (let after = 0; after < size; after += AT_ONCE) {
    yield* await store.reading(logId, (tx) =>
      readLines(
        tx
          .selectFrom("audit")
          .where("log_id", "=", logId)
          .where("seq", ">", after)
          .where("seq", "<=", Math.min(size, after + AT_ONCE))
          .orderBy("seq"),
      ),
    );
  }
}
