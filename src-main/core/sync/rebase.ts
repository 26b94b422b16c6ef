import type { RxCollection } from "rxdb/plugins/core";
import type { Actor } from "#shared/domain/intent.ts";
import type { WireRecord } from "#shared/sync/wire.ts";
import { replay } from "../intents/replay.ts";
import { isHusk, type LocalRecord, withChanges } from "../records/local-record.ts";

/**
 * Puts a record with waiting intents on what the server now tells of it, with its intents run again,
 * in one write: RxDB passes over rows whose record has not been sent yet, and would not ask again.
 * A copy that stands on a later revision stays.
 */
export const rebase = async (
  records: RxCollection<LocalRecord>,
  actor: Actor,
  told: WireRecord,
): Promise<void> => {
  const document = await records.findOne(told.id).exec();
  await document?.incrementalModify(async (current) => {
    if (current.pending.length === 0) return current;
    if (!isHusk(current) && current.rev >= told.rev) return current;
    const data = await replay(records, actor, told.data, current.pending);
    const head = { id: told.id, kind: told.kind, rev: told.rev, until: told.until ?? "" };
    return { ...current, ...withChanges(head, data, current.pending, told.data) };
  });
};
