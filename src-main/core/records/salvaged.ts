import type { Intent } from "#shared/domain/intent.ts";
import type { DeskRow } from "../desk/desk-row.ts";
import type { Setting } from "../settings.ts";
import { type LocalRecord, withChanges } from "./local-record.ts";

/** What of a damaged file goes into the new one: what the server does not have, and who this is. */
export interface Salvaged {
  records: LocalRecord[];
  desk: DeskRow[];
  settings: Setting[];
}

type Raw = Record<string, unknown>;

/** These say how far the server's records were told, and none of those are rescued. */
const STARTS_OVER = new Set(["caught-up", "revoked"]);

/** Whether a document, as JSON, can be something that {@link sortSalvaged} keeps. */
export const isWorthSaving = (json: string): boolean =>
  json.includes('"pending":[{') || json.includes('"item":{') || json.includes('"value":{');

/** Sorts what was found by what it is. A record found twice is the one with more intents waiting. */
export const sortSalvaged = (documents: readonly Raw[]): Salvaged => {
  const records = new Map<string, LocalRecord>();
  const desk = new Map<string, DeskRow>();
  const settings = new Map<string, Setting>();
  for (const document of documents) {
    const { id, key, kind, item, value, pending, _deleted } = document;
    if (typeof id === "string" && typeof kind === "string" && Array.isArray(pending)) {
      const record = recordOf(document as Raw & LocalRecord);
      const before = records.get(id)?.pending.length ?? 0;
      if (record.pending.length > before) records.set(id, record);
    } else if (_deleted === true) {
    } else if (typeof id === "string" && isObject(item)) {
      desk.set(id, plain(document) as unknown as DeskRow);
    } else if (typeof key === "string" && isObject(value) && !STARTS_OVER.has(key)) {
      settings.set(key, { key, value });
    }
  }
  const all = <T>(found: Map<string, T>) => [...found.values()];
  return { records: all(records), desk: all(desk), settings: all(settings) };
};

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Its index fields are computed anew, so that a record of an earlier shape becomes one of ours. */
const recordOf = (found: LocalRecord): LocalRecord =>
  withChanges(
    { id: found.id, kind: found.kind, rev: found.rev, until: found.until ?? "" },
    Object.keys(found.data ?? {}).length > 0 ? found.data : null,
    found.pending as Intent[],
    found.base ?? null,
  );

const plain = ({ _meta, _rev, _deleted, _attachments, ...document }: Raw): Raw => document;
