import type { Kysely, Transaction } from "kysely";
import { CompactRange } from "#shared/audit/compact-range.ts";
import { type AuditEntry, open } from "#shared/audit/entry.ts";
import { type Line, LineCheck, START } from "#shared/audit/line.ts";
import type { Hash } from "#shared/audit/merkle.ts";
import { canonical } from "../store/canonical.ts";
import type { Database } from "../store/schema.ts";
import { readLines } from "./lines.ts";
import { inPieces, insertNodes, rowsOf } from "./rows.ts";

export type { AuditEntry } from "#shared/audit/entry.ts";

/** A line as it is stored, and what it says. */
export interface AuditLine {
  seq: number;
  line: Line;
  entry: AuditEntry;
}

/**
 * Appends to the log of an organisation, inside the transaction of what it tells of (S3). Lines are
 * numbered without gaps, each carries the hash of the one before it, and the tree over the log grows
 * with them: by one node a line in the mean, and nothing is read but the log's end (PRT-4).
 */
export const appendAudit = async (
  tx: Transaction<Database>,
  logId: string,
  ...entries: readonly AuditEntry[]
): Promise<void> => {
  await tx
    .insertInto("audit_head")
    .values({ log_id: logId, seq: 0, hash: START, tree: "[]" })
    .onConflict((c) => c.column("log_id").doNothing())
    .execute();
  // Takes the row's lock first: two writers of one log stand in line here.
  const { seq, hash, tree } = await tx
    .updateTable("audit_head")
    .set((s) => ({ seq: s("seq", "+", entries.length) }))
    .where("log_id", "=", logId)
    .returning(["seq", "hash", "tree"])
    .executeTakeFirstOrThrow();
  const before = seq - entries.length;
  const end = { seq: before, hash, tree: new CompactRange(before, JSON.parse(tree) as Hash[]) };
  const { rows, nodes } = rowsOf(logId, end, entries);
  for (const piece of inPieces(rows)) await tx.insertInto("audit").values(piece).execute();
  await insertNodes(tx, logId, nodes);
  await tx
    .updateTable("audit_head")
    .set({ hash: end.hash, tree: JSON.stringify(end.tree.hashes) })
    .where("log_id", "=", logId)
    .execute();
};

/** The log of an organisation, oldest first. Throws where a value is not the one committed to. */
export const readAudit = async (db: Kysely<Database>, logId: string): Promise<AuditLine[]> => {
  const lines = await readLines(db.selectFrom("audit").where("log_id", "=", logId).orderBy("seq"));
  return lines.map((line) => {
    const opened = open(line);
    if (!opened.ok) throw new Error(`line ${line.seq} of ${logId}: ${opened.error.code}`);
    return { seq: line.seq, line, entry: opened.value };
  });
};

/** The number of the first line that does not follow from the one before it, or null where all do. */
export const brokenAt = (lines: readonly AuditLine[]): number | null => {
  const check = new LineCheck(lines[0]?.line.log ?? "");
  return lines.find(({ line }) => "failure" in check.add(line))?.seq ?? null;
};

/** A value as a log keeps it: an attachment is named by its hash, its small picture is not repeated. */
const withoutPictures = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null, (key, part: unknown) => (key === "thumb" ? undefined : part)),
  );

/** Field → [before, after] for each top-level field that differs. */
export const changesBetween = (
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, [unknown, unknown]> => {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changes: Record<string, [unknown, unknown]> = {};
  for (const field of fields) {
    if (before[field] === after[field]) continue;
    if (canonical(before[field] ?? null) !== canonical(after[field] ?? null)) {
      changes[field] = [withoutPictures(before[field]), withoutPictures(after[field])];
    }
  }
  return changes;
};
