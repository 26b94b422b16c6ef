import type { RxCollection } from "rxdb/plugins/core";
import type { Kind } from "#shared/domain/intent.ts";
import type { RecordView } from "#shared/ipc/views.ts";
import { isHusk, type LocalRecord } from "../records/local-record.ts";
import { ask, byId } from "../records/queries.ts";

const view = ({ id, kind, rev, until, data, pending }: LocalRecord): RecordView => ({
  id,
  kind,
  rev,
  until: until === "" ? null : until,
  data,
  pending,
});

/** One record, or null where there is none of that kind. */
export const recordView = async (
  records: RxCollection<LocalRecord>,
  kind: Kind,
  id: string,
): Promise<RecordView | null> => {
  const record = await byId(records, id);
  return record?.kind === kind && !isHusk(record) ? view(record) : null;
};

/** Every record of a kind, by name. */
export const recordsOfKind = async (
  records: RxCollection<LocalRecord>,
  kind: Kind,
): Promise<RecordView[]> => {
  const found = await ask(records, { selector: { kind } });
  return found
    .filter((record) => !isHusk(record))
    .map(view)
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
};

const nameOf = ({ data }: RecordView): string => (typeof data.name === "string" ? data.name : "");

/** What belongs to a device, newest first. Agreements name devices; grants belong to its customer. */
export const recordsOfDevice = async (
  records: RxCollection<LocalRecord>,
  { deviceId, kind, limit }: { deviceId: string; kind: Kind; limit: number },
): Promise<RecordView[]> => {
  if (kind === "agreement" || kind === "grant") {
    const device = await byId(records, deviceId);
    if (device === undefined) return [];
    const papers = await ask(records, { selector: { kind, customerId: device.customerId } });
    const names = (r: LocalRecord) => (r.data.deviceIds as string[]).includes(deviceId);
    return papers.filter((r) => kind === "grant" || names(r)).map(view);
  }
  const found = await ask(records, {
    selector: { deviceId, kind },
    sort: [{ deviceId: "desc" }, { kind: "desc" }, { at: "desc" }],
    limit,
  });
  return found.map(view);
};
