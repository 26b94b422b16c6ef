import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { CompactRange, TreeNode } from "#shared/audit/compact-range.ts";
import { type AuditEntry, commit } from "#shared/audit/entry.ts";
import { lineHash } from "#shared/audit/line.ts";
import type { Hash } from "#shared/audit/merkle.ts";
import type { Database } from "../store/schema.ts";

/** What a log is appended to by: its length, the hash of its last line, the tree over its lines. */
export interface End {
  seq: number;
  hash: Hash;
  tree: CompactRange;
}

/** The salt of one value: drawn anew for each, so that nobody finds a value by trying some. */
const salt = (): string => randomBytes(16).toString("hex");

/** The rows of `audit` that entries become at the end of a log, which moves on, and the tree's new nodes. */
export const rowsOf = (log: string, end: End, entries: readonly AuditEntry[]) => {
  const nodes: TreeNode[] = [];
  const rows = entries.map((told): Database["audit"] => {
    const { entry, openings } = commit(told, salt);
    const prev = end.hash;
    end.seq += 1;
    end.hash = lineHash({ log, seq: end.seq, prev, entry });
    nodes.push(...end.tree.append(end.hash));
    return {
      ...{ log_id: log, seq: end.seq, prev_hash: prev, hash: end.hash, at: told.serverTime },
      ...{ entry: JSON.stringify(entry), openings: JSON.stringify(openings) },
      ...{ intent_id: told.intent.id, type: told.intent.type, actor_id: told.actor.accountId },
      applied: told.outcome.applied ? 1 : 0,
    };
  });
  return { rows, nodes };
};

/** How many rows one statement writes: SQLite takes no more than 32,766 values. */
const AT_ONCE = 500;

/** `rows` in pieces that one statement can take. */
export const inPieces = function* <T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += AT_ONCE) yield rows.slice(at, at + AT_ONCE);
};

/** Keeps new nodes of the tree over a log. */
export const insertNodes = async (
  db: Kysely<Database>,
  log: string,
  nodes: readonly TreeNode[],
): Promise<void> => {
  for (const piece of inPieces(nodes)) {
    const rows = piece.map(({ level, index, hash }) => ({ log_id: log, level, idx: index, hash }));
    await db.insertInto("audit_node").values(rows).execute();
  }
};
