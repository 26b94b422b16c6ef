import type { RxCollection, RxConflictHandler } from "rxdb/plugins/core";
import type { Actor } from "#shared/domain/intent.ts";
import { replay } from "../intents/replay.ts";
import type { LocalRecord } from "../records/local-record.ts";
import { type ReplicatedRecord, withChanges } from "../records/local-record.ts";

/**
 * How the server's answer becomes the local record (S4): the server's state is taken, and the
 * intents that still wait are run on it again. Records with waiting intents are never equal to
 * anything, so that they are always sent.
 */
export const conflictHandler = (
  records: () => RxCollection<LocalRecord>,
  actor: () => Actor,
  settled: ReadonlySet<string>,
): RxConflictHandler<LocalRecord> => ({
  isEqual: (a, b) =>
    a.pending.length === 0 &&
    b.pending.length === 0 &&
    a.rev === b.rev &&
    a._deleted === b._deleted,
  resolve: async ({ newDocumentState, realMasterState }) => {
    const master = realMasterState as ReplicatedRecord;
    const pending = newDocumentState.pending.filter((intent) => !settled.has(intent.id));
    if (pending.length === 0) return master;
    const base = master._deleted ? null : master.data;
    const data = await replay(records(), actor(), base, pending);
    // With nothing left of it, a record on which intents wait goes on as a husk: they are still sent.
    return { ...withChanges(master, data, pending, base), _deleted: false };
  },
});
