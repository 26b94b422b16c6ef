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
import { mayReadLog, type Sight, sightOf } from "./readers.ts";
import { nodesOf } from "./tree.ts";

/** The records a line is about: its target, and the device of what was to be made on one. */
const namedBy = ({ entry, openings }: Line): string[] => {
  const target = entry.intent.target as { id?: unknown } | null;
  return [target?.id, openings["payload.deviceId"]?.value].filter((id) => typeof id === "string");
};

/** Which of these records an account has ever been shown, through whichever lens. */
const shownTo = async (
  db: Kysely<Database>,
  accountId: string,
  ids: readonly string[],
): Promise<Set<string>> => {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom("feed")
    .select("record_id")
    .distinct()
    .where("record_id", "in", [...new Set(ids)])
    .where(
      "lens_id",
      "in",
      db.selectFrom("standing").select("lens_id").where("account_id", "=", accountId),
    )
    .execute();
  return new Set(rows.map((row) => row.record_id));
};

/**
 * A receipt for each of the intents that the viewer made, or that stands in a log they may read
 * (PRT-4). Of an intent that is told of twice, sent again with another content, say, the first. What
 * was refused on a record its maker has never been shown has none: in whose log it stands would tell
 * whose the record is, and that there is one (PAR-1).
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
  const isGuess = (line: Line) => !line.entry.outcome.applied && !mayReadLog(viewer, line.log).ok;
  const known = await shownTo(db, viewer.accountId, lines.filter(isGuess).flatMap(namedBy));
  const shown = new Map<string, { line: Line; sight: Sight }>();
  for (const line of lines) {
    const sight = sightOf(viewer, line);
    if (isGuess(line) && !namedBy(line).some((id) => known.has(id))) continue;
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
