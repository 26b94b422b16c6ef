import type { RxCollection } from "rxdb/plugins/core";
import type { Actor, Kind } from "#shared/domain/intent.ts";
import type { Failure } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { WireRecord } from "#shared/sync/wire.ts";
import type { Eraser } from "../records/eraser.ts";
import { fromWire, type LocalRecord } from "../records/local-record.ts";
import { ask, byIds } from "../records/queries.ts";
import type { Leases } from "./leases.ts";
import { localSum } from "./local-sums.ts";
import { rebase } from "./rebase.ts";
import type { ServerClient } from "./server-client.ts";

const FETCHED = 500;

/** What a repair works with. */
export interface RepairParts {
  records: RxCollection<LocalRecord>;
  server: ServerClient;
  eraser: Eraser;
  leases: Leases;
  actor: () => Actor;
}

/**
 * Which records of these kinds differ from the server's (S10): what is held is compared with the
 * server's digest.
 */
export const differences = async (
  { records, server }: Pick<RepairParts, "records" | "server">,
  kinds: Kind[],
): Promise<Result<string[], Failure>> => {
  const here = new Map<string, number | null>();
  for (const kind of kinds) {
    for (const record of await ask(records, { selector: { kind } })) {
      here.set(record.id, localSum(record));
    }
  }
  const wrong = new Set<string>();
  for (let after: string | null = null, more = true; more; ) {
    const answer = await server.digest(kinds, after);
    if (!answer.ok) return answer;
    for (const [id, , sum] of answer.value.rows) {
      if (here.get(id) !== sum) wrong.add(id);
      here.delete(id);
      after = id;
    }
    more = answer.value.more;
  }
  // What only this device knows of has no sum, and waits for the server.
  for (const [id, sum] of here) if (sum !== null) wrong.add(id);
  return ok([...wrong]);
};

const fetched = async (
  server: ServerClient,
  ids: readonly string[],
): Promise<Result<WireRecord[], Failure>> => {
  const told: WireRecord[] = [];
  for (let i = 0; i < ids.length; i += FETCHED) {
    const answer = await server.fetch(ids.slice(i, i + FETCHED));
    if (!answer.ok) return err(answer.error);
    told.push(...answer.value.records);
  }
  return ok(told);
};

/**
 * Puts the server's word in place of what differs; what waits stays, and is run again on it.
 * Replication must be at rest: nothing may come between asking and keeping.
 */
export const mend = async (
  parts: RepairParts,
  ids: readonly string[],
): Promise<Result<null, Failure>> => {
  const { records, server, eraser, leases, actor } = parts;
  const asked = await fetched(server, ids);
  if (!asked.ok) return asked;
  const due = asked.value;
  const local = await byIds(records, ids);
  await leases.note(due.map((record) => record.until));
  const dirty = (record: WireRecord) => local.get(record.id)?.dirty === "1";
  const standing = due.filter((record) => record.data !== null);
  await eraser.these(due.filter((record) => record.data === null).map((record) => record.id));
  await eraser.clear(standing.map((record) => record.id));
  await records.bulkInsert(standing.filter((r) => !dirty(r)).map(fromWire));
  for (const record of standing.filter(dirty)) {
    await forceRebase(records, actor(), record);
  }
  return ok(null);
};

/** The same revision with other data is as wrong as an older one. */
const forceRebase = async (
  records: RxCollection<LocalRecord>,
  actor: Actor,
  told: WireRecord,
): Promise<void> => {
  const document = await records.findOne(told.id).exec();
  await document?.incrementalModify((current) => ({ ...current, rev: 0 }));
  await rebase(records, actor, told);
};
