import { type Kysely, sql } from "kysely";
import type { Viewer } from "#shared/access/viewer.ts";
import { mask } from "#shared/audit/entry.ts";
import type { SigningKey } from "#shared/audit/head.ts";
import type { Line } from "#shared/audit/line.ts";
import type { Receipt } from "#shared/audit/receipt.ts";
import { inclusionProof } from "#shared/audit/subtrees.ts";
import type { Database } from "../store/schema.ts";
import { publicKeys, type Signed, signedHead } from "./heads.ts";
import { readLines } from "./lines.ts";
import { type Sight, sightOf } from "./readers.ts";
import { nodesOf } from "./tree.ts";

/**
 * A receipt for each of the intents that the viewer made, or that stands in a log they may read
 * (PRT-4). Of an intent that is told of twice, sent again with another content, say, the first.
 */
export const receiptsOf = async (
  db: Kysely<Database>,
  key: SigningKey,
  viewer: Viewer,
  intentIds: readonly string[],
  now: string,
): Promise<Receipt[]> => {
  const lines = await readLines(
    db
      .selectFrom("audit")
      .where("intent_id", "in", [...new Set(intentIds)])
      // What people decide about an intent on their desk is told under its id as well.
      .where(sql<boolean>`substr(type, 1, 5) <> 'desk.'`)
      .orderBy("at")
      .orderBy("log_id")
      .orderBy("seq"),
  );
  const shown = new Map<string, { line: Line; sight: Sight }>();
  for (const line of lines) {
    const sight = sightOf(viewer, line);
    if (sight !== null && !shown.has(line.entry.intent.id)) {
      shown.set(line.entry.intent.id, { line, sight });
    }
  }
  const heads = new Map<string, Signed>();
  const receipts: Receipt[] = [];
  for (const { line, sight } of shown.values()) {
    const { log, seq } = line;
    const { head, jws } = heads.get(log) ?? (await signedHead(db, key, log, now));
    heads.set(log, { head, jws });
    receipts.push({
      ...{ format: "riversync-audit-receipt", version: 1, log, line: mask(line, sight) },
      ...{ index: seq - 1, head: jws, keys: publicKeys(key) },
      proof: await inclusionProof(seq - 1, head.size, nodesOf(db, log)),
    });
  }
  return receipts;
};
