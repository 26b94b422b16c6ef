import type { Kysely } from "kysely";
import { CompactRange } from "#shared/audit/compact-range.ts";
import type { Hash } from "#shared/audit/merkle.ts";
import type { Tree } from "#shared/audit/proofs.ts";
import type { NodeId, ReadNodes } from "#shared/audit/subtrees.ts";
import type { Database } from "../store/schema.ts";

/** Reads nodes of the tree over a log: leaves are its lines' hashes, the inner ones are kept. */
export const nodesOf =
  (db: Kysely<Database>, logId: string): ReadNodes =>
  async (ids) => {
    const found = new Map<string, Hash>();
    const key = ({ level, index }: NodeId) => `${level}/${index}`;
    const leaves = ids.filter(({ level }) => level === 0);
    const inner = ids.filter(({ level }) => level > 0);
    if (leaves.length > 0) {
      const rows = await db
        .selectFrom("audit")
        .select(["seq", "hash"])
        .where("log_id", "=", logId)
        .where(
          "seq",
          "in",
          leaves.map(({ index }) => index + 1),
        )
        .execute();
      for (const { seq, hash } of rows) found.set(key({ level: 0, index: seq - 1 }), hash);
    }
    if (inner.length > 0) {
      const rows = await db
        .selectFrom("audit_node")
        .select(["level", "idx", "hash"])
        // The whole key in each: then each is found by the index, and nothing is scanned.
        .where((e) =>
          e.or(inner.map(({ level, index }) => e.and({ log_id: logId, level, idx: index }))),
        )
        .execute();
      for (const { level, idx, hash } of rows) found.set(key({ level, index: idx }), hash);
    }
    return ids.map((id) => {
      const hash = found.get(key(id));
      if (hash === undefined) throw new Error(`node ${key(id)} of the tree over ${logId} is gone`);
      return hash;
    });
  };

/** The tree over a log as it is now; the empty one where there is no such log. */
export const treeOf = async (db: Kysely<Database>, logId: string): Promise<Tree> => {
  const end = await db
    .selectFrom("audit_head")
    .select(["seq", "tree"])
    .where("log_id", "=", logId)
    .executeTakeFirst();
  if (end === undefined) return { size: 0, root: new CompactRange().root };
  return { size: end.seq, root: new CompactRange(end.seq, JSON.parse(end.tree) as Hash[]).root };
};
