import type { Kind } from "#shared/domain/intent.ts";
import { type DataOf, schemas } from "#shared/domain/registry.ts";
import { type Live, useLive } from "../../../../data/use-live.ts";

const typed = <K extends Kind>(kind: K, data: unknown): DataOf<K> | null => {
  const parsed = schemas[kind].safeParse(data);
  return parsed.success ? (parsed.data as DataOf<K>) : null;
};

/** One record's data, live; null once it is gone. */
export const useRecord = <K extends Kind>(kind: K, id: string): Live<DataOf<K> | null> => {
  const live = useLive((core, signal) => core.records.watch({ kind, id }, { signal }), [kind, id]);
  if (live.state !== "live") return live;
  return { ...live, value: live.value === null ? null : typed(kind, live.value.data) };
};

/** What belongs to a device, newest first; null until it is known. */
export const useOfDevice = <K extends Kind>(
  kind: K,
  deviceId: string,
  limit: number,
): DataOf<K>[] | null => {
  const live = useLive(
    (core, signal) => core.records.watchOfDevice({ deviceId, kind, limit }, { signal }),
    [deviceId, kind, limit],
  );
  return live.state === "live" ? live.value.flatMap(({ data }) => typed(kind, data) ?? []) : null;
};
