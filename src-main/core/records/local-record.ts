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
 * What the server is assumed to have of a record, as far as the conflict handler compares it: what
 * the record itself says; null where intents wait on what the server never told.
 */
export const masterOf = (record: object): object | null => {
  const { id, rev, pending, base, _deleted } = record as ReplicatedRecord;
  if (pending.length === 0) return { id, rev, pending, _deleted };
  return base ? { id, rev, pending: [], _deleted: false } : null;
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

/**
 * What is left of a record that was erased while intents waited on it (S9): its id, its kind and the
 * intents, which are still sent. Nothing of it can be read or acted on.
 */
export const isHusk = ({ data }: Pick<LocalRecord, "data">): boolean => data.id === undefined;

/** The husk of a record. */
export const huskOf = ({ id, kind, rev, pending }: LocalRecord): LocalRecord =>
  withChanges({ id, kind, rev, until: "" }, null, pending, null);

/** A record as the server tells it, with nothing waiting; a tombstone keeps no data. */
export const fromWire = (wire: WireRecord): ReplicatedRecord => {
  const head = { id: wire.id, kind: wire.kind, rev: wire.rev, until: wire.until ?? "" };
  return { ...withChanges(head, wire.data, [], null), _deleted: wire.data === null };
};
