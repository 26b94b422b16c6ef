import { brokenAt, readAudit } from "#server/audit/log.ts";
import type { Sim } from "../world/sim.ts";

interface VerdictRow {
  intent_id: string;
  status: string;
}

/** Where the intents of the devices are: waiting, or on a desk; by id, with what keeps them. */
const placesOf = async (sim: Sim): Promise<{ pending: Map<string, number>; desk: Set<string> }> => {
  const pending = new Map<string, number>();
  const desk = new Set<string>();
  for (const { account } of sim.devices) {
    if (account === null) continue;
    const records = await sim.time.drive(account.database.records.find().exec());
    for (const record of records) {
      for (const { id } of record.toJSON().pending) pending.set(id, (pending.get(id) ?? 0) + 1);
    }
    for (const item of await sim.time.drive(account.desk.list())) desk.add(item.id);
  }
  return { pending, desk };
};

/** Every intent has one verdict or waits; what was refused lies on its desk; what was applied is done once (S3, S6). */
const checkPlaces = async (sim: Sim): Promise<void> => {
  const rows = sim.model.db.prepare("SELECT intent_id, status FROM verdict").all() as VerdictRow[];
  const verdicts = new Map(rows.map((row) => [row.intent_id, row.status]));
  const { pending, desk } = await placesOf(sim);
  for (const made of sim.journal.made.values()) {
    const verdict = verdicts.get(made.id);
    const name = `${made.type} ${made.id.slice(-6)} of ${made.device ?? made.who}`;
    const waits = pending.get(made.id) ?? 0;
    if (waits > 1) sim.violated("S2", `${name} waits ${waits} times`);
    if (made.device === null) {
      if (verdict === undefined) sim.violated("S3", `${name} was answered and has no verdict`);
      continue;
    }
    const device = sim.devices.find(({ name: n }) => n === made.device);
    // What was wiped took its desk with it; what was pending was sent before.
    const wiped = device?.wiped === "done";
    const lies = desk.has(made.id);
    if (made.off && lies) sim.violated("S6", `${name} lies on the desk though it was decided`);
    if (verdict !== undefined && waits > 0) sim.violated("S3", `${name} waits though ${verdict}`);
    if (verdict === "refused" && !lies && !made.off && !wiped) {
      sim.violated("S6", `${name} was refused and lies on no desk`);
    }
    const lost = sim.journal.lost.has(made.id);
    if (verdict === undefined && waits === 0 && !lies && !made.off && !lost) {
      sim.violated("S6", `${name} is nowhere`);
    }
    if (verdict === undefined && waits > 0 && lies) sim.violated("S6", `${name} is in two places`);
  }
};

/** What was applied took effect exactly once: in its record's version, and in the events. */
const checkEffects = (sim: Sim): void => {
  const { db, stored } = sim.model;
  const applied = new Map<string, number>();
  for (const made of sim.journal.made.values()) {
    const row = db.prepare("SELECT status FROM verdict WHERE intent_id = ?").get(made.id) as
      | VerdictRow
      | undefined;
    if (row?.status === "applied") applied.set(made.target, (applied.get(made.target) ?? 0) + 1);
  }
  for (const record of stored.values()) {
    // A role that changes is written into those who hold it.
    if (record.kind === "person" || record.kind === "role") continue;
    const since = record.version - (sim.startsWith.has(record.id) ? 1 : 0);
    const due = (applied.get(record.id) ?? 0) + (sim.journal.written.get(record.id) ?? 0);
    if (since !== due) {
      sim.violated(
        "S3",
        `${record.kind} ${record.id.slice(0, 8)} changed ${since} times, not ${due}`,
      );
    }
  }
};

/** The logs hold one line for each verdict, of the same outcome, in unbroken chains (PRT-4). */
const checkAudit = async (sim: Sim): Promise<void> => {
  const { db } = sim.server.store;
  const logs = sim.model.db.prepare("SELECT log_id FROM audit_head").pluck().all() as string[];
  const outcomes = new Map<string, string[]>();
  let replayed = 0;
  for (const log of logs) {
    const lines = await sim.time.drive(readAudit(db, log));
    const broken = brokenAt(lines);
    if (broken !== null)
      sim.violated("PRT-4", `the chain of ${log.slice(0, 8)} breaks at ${broken}`);
    for (const { entry } of lines) {
      if (entry.intent.type.startsWith("desk.") || entry.intent.id === "") continue;
      if (!entry.outcome.applied && entry.outcome.failure.code === "intent-replayed") {
        replayed += 1;
        continue;
      }
      const before = outcomes.get(entry.intent.id) ?? [];
      outcomes.set(entry.intent.id, [...before, entry.outcome.applied ? "applied" : "refused"]);
    }
  }
  const rows = sim.model.db.prepare("SELECT intent_id, status FROM verdict").all() as VerdictRow[];
  for (const { intent_id, status } of rows) {
    const told = outcomes.get(intent_id) ?? [];
    if (told.length !== 1 || told[0] !== status) {
      sim.violated(
        "PRT-4",
        `the log says ${told.join(", ") || "nothing"} of ${intent_id}, ${status}`,
      );
    }
    outcomes.delete(intent_id);
  }
  if (outcomes.size > 0) sim.violated("PRT-4", `the log tells of ${outcomes.size} unknown intents`);
  if (replayed !== sim.journal.forged) {
    sim.violated("S3", `${replayed} replays are in the log, not ${sim.journal.forged}`);
  }
};

/** Every intent is accounted for. */
export const checkIntents = async (sim: Sim): Promise<void> => {
  await checkPlaces(sim);
  checkEffects(sim);
  await checkAudit(sim);
};
