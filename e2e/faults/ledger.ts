import { brokenAt, readAudit } from "#server/audit/log.ts";
import { reading } from "../harness/audit.ts";

/** Begins every text that a fault test writes, so that it is told from the demo world's own. */
export const MARK = "fault ";

/** What the server's database says of the intents it has heard. */
export interface Ledger {
  /** Intent id → its verdict. */
  verdicts: Map<string, "applied" | "refused">;
  /** What is wrong with the books: each line is a promise that does not hold. */
  wrong: string[];
}

const twice = (ids: readonly string[]): string[] =>
  ids.filter((id, i) => ids.indexOf(id) !== i).slice(0, 3);

const differ = (what: string, these: Iterable<string>, those: Iterable<string>): string | null => {
  const [a, b] = [new Set(these), new Set(those)];
  const only = [...[...a].filter((id) => !b.has(id)), ...[...b].filter((id) => !a.has(id))];
  return only.length === 0 ? null : `${what}: ${only.slice(0, 3).join(", ")}`;
};

/**
 * Reads the server's books, which must agree with each other (S3): one verdict, one line of an
 * unbroken audit log, one domain event and one effect for each applied intent, and none without.
 */
export const readLedger = async (at: { serverFolder: string }): Promise<Ledger> => {
  // In one transaction: the server may be writing its next line meanwhile.
  const { logs, verdictRows, events, records } = await reading(at, (db) =>
    db.transaction().execute(async (tx) => {
      const heads = await tx.selectFrom("audit_head").select("log_id").execute();
      return {
        logs: await Promise.all(heads.map(async ({ log_id }) => readAudit(tx, log_id))),
        verdictRows: await tx.selectFrom("verdict").select(["intent_id", "status"]).execute(),
        events: await tx.selectFrom("outbox").select("event").execute(),
        records: await tx
          .selectFrom("record")
          .select(["id", "data"])
          .where("data", "like", `%${MARK}%`)
          .execute(),
      };
    }),
  );
  const wrong: (string | null)[] = [];
  for (const lines of logs) {
    const broken = brokenAt(lines);
    if (broken !== null) wrong.push(`a log is broken at its line ${broken}`);
  }
  const entries = logs.flat().map(({ entry }) => entry);
  const applied = entries.filter(({ outcome }) => outcome.applied);
  const ids = entries.map(({ intent }) => intent.id);
  wrong.push(...twice(ids).map((id) => `twice in the log: ${id}`));
  const verdicts = new Map(
    verdictRows.map((row) => [row.intent_id, row.status === "applied" ? "applied" : "refused"]),
  );
  wrong.push(differ("a verdict without a line, or the other way", verdicts.keys(), ids));
  const happened = events.map(({ event }) => (JSON.parse(event) as { id: string }).id);
  wrong.push(...twice(happened).map((id) => `two events of ${id}`));
  const did = applied.map(({ intent }) => intent.id);
  wrong.push(differ("an event without a line, or the other way", happened, did));
  const meant = applied.map(({ intent }) => intent as { payload: Record<string, unknown> });
  const textOf = (field: string) =>
    meant.map(({ payload }) => payload[field]).filter((text) => typeof text === "string");
  const data = records.map((record) => JSON.parse(record.data) as Record<string, unknown>);
  const notes = data.flatMap((d) => (d.notes ?? []) as { text: string }[]).map((n) => n.text);
  const marked = (texts: readonly unknown[]) =>
    texts.filter((text): text is string => typeof text === "string" && text.startsWith(MARK));
  wrong.push(...twice(marked(notes)).map((text) => `written twice: ${text}`));
  wrong.push(differ("a note without a line, or the other way", marked(notes), textOf("text")));
  const titles = marked(data.map((d) => d.title));
  wrong.push(...twice(titles).map((text) => `made twice: ${text}`));
  wrong.push(differ("a ticket without a line, or the other way", titles, textOf("title")));
  return {
    verdicts: verdicts as Ledger["verdicts"],
    wrong: wrong.filter((line) => line !== null),
  };
};
