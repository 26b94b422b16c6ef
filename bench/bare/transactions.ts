import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { openSqlite } from "#server/store/open-sqlite.ts";
import { clockMs } from "../lib/answer.ts";

const text = (length: number) => "x".repeat(length);

/**
 * The rows that the server writes for one intent, one durable transaction for each, and nothing
 * else: no HTTP, no rules, no audit hash. Answers in seconds.
 */
export const bareTransactions = async (folder: string, count: number): Promise<number> => {
  const file = join(folder, "transactions.db");
  const store = await openSqlite(file);
  if (!store.ok) throw new Error(store.error.code);
  await store.value.close();
  const db = new BetterSqlite(file);
  db.pragma("synchronous = FULL");
  db.pragma("cache_size = -64000");
  const doc = text(1000);
  const record = db.prepare("INSERT INTO record VALUES (?, 'ticket', 1, 't', 'c', 'd', 'a', ?)");
  const feed = db.prepare("INSERT INTO feed VALUES ('l', ?, ?, 'ticket', 'c', NULL, ?)");
  db.prepare("INSERT INTO lens VALUES ('l', 't', NULL, '{}', 0)").run();
  db.prepare("INSERT INTO audit_head VALUES ('c', 0, '')").run();
  db.transaction(() => {
    for (let i = 0; i < count; i += 1) {
      record.run(`r${i}`, doc);
      feed.run(`r${i}`, i, doc);
    }
  })();
  const writes = [
    db.prepare("INSERT INTO verdict VALUES ($i, 'a', 'hash', 'applied', NULL, 'now')"),
    db.prepare("UPDATE audit_head SET seq = seq + 1, hash = $i WHERE log_id = 'c'"),
    db.prepare("INSERT INTO audit VALUES ('c', $n, 'prev', $i, 'now', $doc)"),
    db.prepare("UPDATE record SET version = version + 1, data = $doc WHERE id = $i"),
    db.prepare("UPDATE lens SET head = head + 1 WHERE id = 'l'"),
    db.prepare("UPDATE feed SET seq = $n + 1000000, doc = $doc WHERE record_id = $i"),
    db.prepare("INSERT INTO outbox (event, created_at) VALUES ($doc, 'now')"),
  ];
  const one = db.transaction((n: number) => {
    for (const write of writes) write.run({ n, i: `r${n}`, doc });
  });
  const began = clockMs();
  for (let n = 0; n < count; n += 1) one(n);
  const seconds = (clockMs() - began) / 1000;
  db.close();
  return seconds;
};
