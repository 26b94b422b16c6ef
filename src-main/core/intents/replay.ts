import type { RxCollection } from "rxdb/plugins/core";
import type { Actor, Intent, Judging, Kind } from "#shared/domain/intent.ts";
import { type ParsedIntent, parseIntent, runIntent } from "#shared/domain/run-intent.ts";
import type { Failure } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import { isHusk, type LocalRecord } from "../records/local-record.ts";
import { ask, byIds } from "../records/queries.ts";

/** Runs one intent on this device's copy, by the server's own rules. `before` is null for a create. */
export const runHere = async (
  records: RxCollection<LocalRecord>,
  actor: Actor,
  parsed: ParsedIntent,
  before: unknown,
): Promise<Result<unknown, Failure>> => {
  const { intent, def, payload } = parsed;
  const needed = def.needs?.(payload) ?? [];
  const known = await byIds(
    records,
    needed.map((n) => n.id),
  );
  const listed = await listOf(records, def.needsAll ?? []);
  const judging: Judging = {
    actor,
    at: intent.deviceTime,
    intentId: intent.id,
    targetId: intent.target.id,
    get: <T>(kind: Kind, id: string) => {
      const record = known.get(id);
      return record?.kind === kind ? (record.data as T) : undefined;
    },
    all: <T>(kind: Kind) => (listed.get(kind) ?? []) as T[],
  };
  return runIntent(parsed, before, judging);
};

/** The data of every record of some kinds that is here. */
const listOf = async (
  records: RxCollection<LocalRecord>,
  kinds: readonly Kind[],
): Promise<Map<Kind, unknown[]>> => {
  const listed = new Map<Kind, unknown[]>();
  for (const kind of kinds) {
    const found = await ask(records, { selector: { kind } });
    listed.set(
      kind,
      found.filter((record) => !isHusk(record)).map(({ data }) => data),
    );
  }
  return listed;
};

/**
 * The data after the intents that still wait are run on it again. One that the rules now refuse
 * changes nothing here and keeps waiting: the server has the last word on it.
 */
export const replay = async (
  records: RxCollection<LocalRecord>,
  actor: Actor,
  base: Record<string, unknown> | null,
  pending: readonly Intent[],
): Promise<Record<string, unknown> | null> => {
  let data = base;
  for (const intent of pending) {
    const parsed = parseIntent(intent);
    if (!parsed.ok) continue;
    const ran = await runHere(records, actor, parsed.value, data);
    if (ran.ok) data = ran.value as Record<string, unknown>;
  }
  return data;
};
