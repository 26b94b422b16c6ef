import type { Kysely, Transaction } from "kysely";
import type { Failure } from "#shared/failure.ts";
import type { Against } from "#shared/sync/wire.ts";
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
  /** What an applied intent overwrote without its maker having seen it; absent where nothing. */
  overrode?: Against[];
  /** The time of the act by the device's clock. */
  deviceTime: string;
  /** What that clock was off, ms (the server's minus the device's); null where unknown. */
  skew?: number | null;
  /** When the act was done by the server's clock, as far as that is known. */
  workedAt?: string | null;
  /** Present where it was allowed by what was right then, and would not be now. */
  late?: true;
  /** When the server heard of it. */
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
  ...entries: readonly AuditEntry[]
): Promise<void> => {
  await tx
    .insertInto("audit_head")
    .values({ log_id: logId, seq: 0, hash: START })
    .onConflict((c) => c.column("log_id").doNothing())
    .execute();
  // Takes the row's lock first: two writers of one log stand in line here.
  const head = await tx
    .updateTable("audit_head")
    .set((s) => ({ seq: s("seq", "+", entries.length) }))
    .where("log_id", "=", logId)
    .returning(["seq", "hash"])
    .executeTakeFirstOrThrow();
  const lines: Database["audit"][] = [];
  let { hash } = head;
  let seq = head.seq - entries.length;
  for (const entry of entries) {
    const text = canonical(entry);
    const prev_hash = hash;
    seq += 1;
    hash = sha256(`${prev_hash}\n${seq}\n${text}`);
    lines.push({ log_id: logId, seq, prev_hash, hash, at: entry.serverTime, entry: text });
  }
  await tx.insertInto("audit").values(lines).execute();
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
