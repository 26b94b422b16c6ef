import type { Kysely, Transaction } from "kysely";
import type { Failure } from "#shared/failure.ts";
import { canonical, sha256 } from "../store/canonical.ts";
import type { Database } from "../store/schema.ts";

/** One line of a customer's audit log (PRT-4): who did what, through what, to what, and when. */
export interface AuditEntry {
  actor: { accountId: string; name: string; tenantId: string; tenantName: string };
  via: { app: string; installation: string; appVersion: string };
  intent: { id: string; type: string; target: unknown; payload: unknown };
  outcome: { applied: true } | { applied: false; failure: Failure };
  /** Field → [before, after], of what changed. */
  changes: Record<string, [unknown, unknown]>;
  /** The time of the act by the device's clock, and by the server's. */
  deviceTime: string;
  serverTime: string;
}

/** A line as it is stored, with its place in the chain of hashes. */
export interface AuditLine {
  seq: number;
  prevHash: string;
  hash: string;
  at: string;
  entry: AuditEntry;
}

const START = "0".repeat(64);

/**
 * Appends to the log of an organisation, inside the transaction of what it tells of (S3). Lines are
 * numbered without gaps, and each carries the hash of the one before it.
 */
export const appendAudit = async (
  tx: Transaction<Database>,
  logId: string,
  entry: AuditEntry,
): Promise<void> => {
  await tx
    .insertInto("audit_head")
    .values({ log_id: logId, seq: 0, hash: START })
    .onConflict((c) => c.column("log_id").doNothing())
    .execute();
  // Takes the row's lock first: two writers of one log stand in line here.
  const { seq, hash: prev } = await tx
    .updateTable("audit_head")
    .set((s) => ({ seq: s("seq", "+", 1) }))
    .where("log_id", "=", logId)
    .returning(["seq", "hash"])
    .executeTakeFirstOrThrow();
  const text = canonical(entry);
  const hash = sha256(`${prev}\n${seq}\n${text}`);
  await tx
    .insertInto("audit")
    .values({ log_id: logId, seq, prev_hash: prev, hash, at: entry.serverTime, entry: text })
    .execute();
  await tx.updateTable("audit_head").set({ hash }).where("log_id", "=", logId).execute();
};

/** The log of an organisation, oldest first. */
export const readAudit = async (db: Kysely<Database>, logId: string): Promise<AuditLine[]> => {
  const rows = await db
    .selectFrom("audit")
    .selectAll()
    .where("log_id", "=", logId)
    .orderBy("seq")
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    prevHash: row.prev_hash,
    hash: row.hash,
    at: row.at,
    entry: JSON.parse(row.entry) as AuditEntry,
  }));
};

/** The number of the first line that does not follow from the one before it, or null where all do. */
export const brokenAt = (lines: readonly AuditLine[]): number | null => {
  let prev = START;
  for (const [i, line] of lines.entries()) {
    const expected = sha256(`${prev}\n${i + 1}\n${canonical(line.entry)}`);
    if (line.seq !== i + 1 || line.prevHash !== prev || line.hash !== expected) return line.seq;
    prev = line.hash;
  }
  return null;
};

/** Field → [before, after] for each top-level field that differs. */
export const changesBetween = (
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, [unknown, unknown]> => {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changes: Record<string, [unknown, unknown]> = {};
  for (const field of fields) {
    if (canonical(before[field] ?? null) !== canonical(after[field] ?? null)) {
      changes[field] = [before[field] ?? null, after[field] ?? null];
    }
  }
  return changes;
};
