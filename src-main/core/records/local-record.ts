import { type IndexFields, indexFields } from "#shared/domain/index-fields.ts";
import type { Intent, Kind } from "#shared/domain/intent.ts";
import type { WireRecord } from "#shared/sync/wire.ts";

/**
 * A record as this device keeps it: the server's projection, with the intents that still wait
 * applied to `data` and kept in `pending` (S2), and beside it the fields its lists are ranged by.
 */
export interface LocalRecord extends IndexFields {
  id: string;
  kind: Kind;
  /** The revision of the projection it stands on; 0 for what only this device knows. */
  rev: number;
  /** When the coverage it stands under ends (S11), "" where it stands under none. */
  until: string;
  /** "1" while intents wait on it. */
  dirty: "0" | "1";
  data: Record<string, unknown>;
  pending: Intent[];
  /** While intents wait: the data they wait on, as the server last told it; null where it told none. */
  base: Record<string, unknown> | null;
}

/**
 * What of a record's master state the conflict handler compares, and so what is kept of it beside
 * the record itself.
 */
export const keepOfMaster = (master: object): object => {
  const { id, rev, pending, _deleted } = master as ReplicatedRecord;
  return { id, rev, pending, _deleted };
};

/** What RxDB hands around: a record, or what is left of one. */
export type ReplicatedRecord = LocalRecord & { _deleted: boolean };

/**
 * The record with other data and intents that wait on `base`; its index fields follow. Null data
 * leaves nothing.
 */
export const withChanges = (
  record: Pick<LocalRecord, "id" | "kind" | "rev" | "until">,
  data: Record<string, unknown> | null,
  pending: Intent[],
  base: Record<string, unknown> | null,
): LocalRecord => ({
  id: record.id,
  kind: record.kind,
  rev: record.rev,
  until: record.until,
  dirty: pending.length > 0 ? "1" : "0",
  ...indexFields(record.kind, record.id, data),
  data: data ?? {},
  pending,
  base: pending.length > 0 ? base : null,
});

/** A record as the server tells it, with nothing waiting; a tombstone keeps no data. */
export const fromWire = (wire: WireRecord): ReplicatedRecord => {
  const head = { id: wire.id, kind: wire.kind, rev: wire.rev, until: wire.until ?? "" };
  return { ...withChanges(head, wire.data, [], null), _deleted: wire.data === null };
};
