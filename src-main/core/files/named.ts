import type { RxCollection } from "rxdb/plugins/core";
import type { Intent } from "#shared/domain/intent.ts";
import { hashesOf } from "#shared/domain/visit/attachment.ts";
import type { Desk } from "../desk/desk.ts";
import type { LocalRecord } from "../records/local-record.ts";
import { ask } from "../records/queries.ts";

const named = ({ type, payload }: Intent): string[] =>
  type === "visit.attach" && typeof payload.hash === "string" ? [payload.hash] : [];

/**
 * The hashes of the files that anything on this device names: a record's data, a change that waits on
 * it (also on a husk, whose data is gone), or a change on the desk, which may be sent again.
 */
export const namedFiles = async (
  records: RxCollection<LocalRecord>,
  desk: Pick<Desk, "list">,
): Promise<ReadonlySet<string>> => {
  const visits = await ask(records, { selector: { kind: "visit" } });
  const onDesk = (await desk.list()).map((item) => item.intent);
  return new Set([
    ...visits.flatMap(({ data, pending }) => [...hashesOf(data), ...pending.flatMap(named)]),
    ...onDesk.flatMap(named),
  ]);
};
