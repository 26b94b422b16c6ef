import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { appendAudit } from "#server/audit/log.ts";
import { openSqlite } from "#server/store/open-sqlite.ts";
import type { Store } from "#server/store/store.ts";
import { CompactRange } from "#shared/audit/compact-range.ts";
import { leafHash } from "#shared/audit/merkle.ts";
import { auditEntry } from "#shared/testing/audit.ts";

/** How many lines the log has. */
export const LINES = 1_000_000;

/** The log that is measured. */
export const LOG = "log";

/**
 * Fills a log with lines that have a hash and tell nothing: what its tree and its proofs take does
 * not depend on what the lines tell.
 */
const fill = (file: string): void => {
  const db = new BetterSqlite(file);
  db.pragma("synchronous = OFF");
  const line = db.prepare(
    `INSERT INTO audit (log_id, seq, prev_hash, hash, at, entry) VALUES ('${LOG}', ?, '', ?, '', '{}')`,
  );
  const node = db.prepare(
    `INSERT INTO audit_node (log_id, level, idx, hash) VALUES ('${LOG}', ?, ?, ?)`,
  );
  const tree = new CompactRange();
  let hash = "";
  db.transaction(() => {
    for (let seq = 1; seq <= LINES; seq += 1) {
      hash = leafHash(String(seq));
      line.run(seq, hash);
      for (const { level, index, hash: inner } of tree.append(hash)) node.run(level, index, inner);
    }
    db.prepare("INSERT INTO audit_head (log_id, seq, hash, tree) VALUES (?, ?, ?, ?)").run(
      ...[LOG, LINES, hash, JSON.stringify(tree.hashes)],
    );
  })();
  db.close();
};

/** Makes a store with the log in a folder; its last line is a whole one. */
export const makeAuditLog = async (folder: string): Promise<Store> => {
  const file = join(folder, "audit.db");
  const open = async () => {
    const opened = await openSqlite(file);
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value;
  };
  await (await open()).close();
  fill(file);
  const store = await open();
  await store.db.transaction().execute((tx) => appendAudit(tx, LOG, auditEntry("the last")));
  return store;
};
