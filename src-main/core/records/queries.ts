import {
  type FilledMangoQuery,
  type MangoQuery,
  normalizeMangoQuery,
  prepareQuery,
  type RxCollection,
} from "rxdb/plugins/core";
import type { LocalRecord } from "./local-record.ts";

const prepared = (records: RxCollection<LocalRecord>, query: MangoQuery<LocalRecord>) => {
  const schema = records.schema.jsonSchema;
  const filled: FilledMangoQuery<LocalRecord> = normalizeMangoQuery(schema, {
    ...query,
    selector: { $and: [query.selector ?? {}, { _deleted: { $eq: false } }] },
  } as MangoQuery<LocalRecord>);
  return prepareQuery(schema, filled);
};

/** The records that match, straight from the storage: no document objects are built. */
export const ask = async (
  records: RxCollection<LocalRecord>,
  query: MangoQuery<LocalRecord>,
): Promise<LocalRecord[]> => {
  const found = await records.storageInstance.query(prepared(records, query));
  return found.documents;
};

/** How many records match. */
export const count = async (
  records: RxCollection<LocalRecord>,
  selector: MangoQuery<LocalRecord>["selector"],
): Promise<number> => {
  const found = await records.storageInstance.count(
    prepared(records, { selector: selector ?? {} }),
  );
  return found.count;
};

/** The record of an id, or undefined. */
export const byId = async (
  records: RxCollection<LocalRecord>,
  id: string,
): Promise<LocalRecord | undefined> => {
  const [found] = await records.storageInstance.findDocumentsById([id], false);
  return found;
};

/** The records of these ids, by id. */
export const byIds = async (
  records: RxCollection<LocalRecord>,
  ids: readonly string[],
): Promise<Map<string, LocalRecord>> => {
  if (ids.length === 0) return new Map();
  const found = await records.storageInstance.findDocumentsById([...new Set(ids)], false);
  return new Map(found.map((r) => [r.id, r]));
};
