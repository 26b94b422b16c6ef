import { randomBytes } from "node:crypto";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { CompactRange, type TreeNode } from "#shared/audit/compact-range.ts";
import {
  type AuditEntry,
  type CommittedEntry,
  commit,
  type Openings,
  open,
} from "#shared/audit/entry.ts";
import { lineHash, START } from "#shared/audit/line.ts";

interface Row {
  seq: number;
  entry: string;
  openings: string;
}

/** One line told anew, committed to with fresh salts. */
const retold = (row: Row, tell: (entry: AuditEntry) => AuditEntry) => {
  const entry = JSON.parse(row.entry) as CommittedEntry;
  const opened = open({ entry, openings: JSON.parse(row.openings) as Openings });
  if (!opened.ok) throw new Error(opened.error.code);
  return commit(tell(opened.value), () => randomBytes(16).toString("hex"));
};

/**
 * Rewrites one line of a log in the file of a server that is stopped, as somebody clever does who
 * has the file and knows how it is made: the triggers stand aside and come back, every hash after
 * the line, the tree and the log's end are computed anew, and the signed heads are gone, so that the
 * server signs the forged log itself. By itself, the log then verifies.
 */
export const rewriteHistory = (
  { serverFolder }: { serverFolder: string },
  logId: string,
  seq: number,
  tell: (entry: AuditEntry) => AuditEntry,
): void => {
  const db = new BetterSqlite(join(serverFolder, "server.db"));
  const guards = db
    .prepare(
      "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'",
    )
    .all() as { name: string; sql: string }[];
  const rows = db
    .prepare("SELECT seq, entry, openings FROM audit WHERE log_id = ? ORDER BY seq")
    .all(logId) as Row[];
  const tree = new CompactRange();
  const nodes: TreeNode[] = [];
  let prev = START;
  db.transaction(() => {
    for (const { name } of guards) db.exec(`DROP TRIGGER ${name}`);
    const put = db.prepare(
      `UPDATE audit SET prev_hash = ?, hash = ?, entry = ?, openings = ?
       WHERE log_id = ? AND seq = ?`,
    );
    for (const row of rows) {
      const { entry, openings } =
        row.seq === seq
          ? retold(row, tell)
          : { entry: JSON.parse(row.entry), openings: JSON.parse(row.openings) };
      const hash = lineHash({ log: logId, seq: row.seq, prev, entry });
      put.run(prev, hash, JSON.stringify(entry), JSON.stringify(openings), logId, row.seq);
      nodes.push(...tree.append(hash));
      prev = hash;
    }
    for (const table of ["audit_node", "audit_signed"]) {
      db.prepare(`DELETE FROM ${table} WHERE log_id = ?`).run(logId);
    }
    const grow = db.prepare(
      "INSERT INTO audit_node (log_id, level, idx, hash) VALUES (?, ?, ?, ?)",
    );
    for (const { level, index, hash } of nodes) grow.run(logId, level, index, hash);
    db.prepare("UPDATE audit_head SET hash = ?, tree = ? WHERE log_id = ?").run(
      prev,
      JSON.stringify(tree.hashes),
      logId,
    );
    for (const { sql } of guards) db.exec(sql);
  })();
  db.close();
};
