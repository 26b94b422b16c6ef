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
  const insert = (table: string, values: Record<string, string>) =>
    db.prepare(
      `INSERT INTO ${table} (${Object.keys(values).join(", ")}) VALUES (${Object.values(values).join(", ")})`,
    );
  const record = insert("record", {
    ...{ id: "$i", kind: "'ticket'", version: "1", tenant_id: "'t'", customer_id: "'c'" },
    ...{ device_id: "'d'", assignee_id: "'a'", data: "$doc" },
  });
  const feed = insert("feed", {
    ...{ lens_id: "'l'", record_id: "$i", seq: "$n", kind: "'ticket'", customer_id: "'c'" },
    doc: "$doc",
  });
  insert("lens", { id: "'l'", tenant_id: "'t'", viewer: "'{}'", head: "0" }).run();
  insert("audit_head", { log_id: "'c'", seq: "0", hash: "''" }).run();
  db.transaction(() => {
    for (let i = 0; i < count; i += 1) {
      record.run({ i: `r${i}`, doc });
      feed.run({ i: `r${i}`, n: i, doc });
    }
  })();
  const writes = [
    insert("verdict", {
      ...{ intent_id: "$i", actor_id: "'a'", hash: "'hash'", status: "'applied'", at: "'now'" },
    }),
    db.prepare("UPDATE audit_head SET seq = seq + 1, hash = $i WHERE log_id = 'c'"),
    insert("audit", {
      ...{ log_id: "'c'", seq: "$n", prev_hash: "'prev'", hash: "$i", at: "'now'", entry: "$doc" },
    }),
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
