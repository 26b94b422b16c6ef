import { useMemo } from "react";
import type { Kind } from "#shared/domain/intent.ts";
import { type DataOf, schemas } from "#shared/domain/registry.ts";
import type { RecordView } from "#shared/ipc/views.ts";
import { type Live, useLive } from "./use-live.ts";

/** A record with its data as its kind's schema has it. */
interface TypedRecord<K extends Kind> {
  record: RecordView;
  data: DataOf<K>;
}

const typed = <K extends Kind>(kind: K, record: RecordView): TypedRecord<K> | null => {
  const parsed = schemas[kind].safeParse(record.data);
  return parsed.success ? { record, data: parsed.data as DataOf<K> } : null;
};

/** One record, live; null once it is gone. */
export const useRecord = <K extends Kind>(kind: K, id: string): Live<TypedRecord<K> | null> => {
  const live = useLive((core, signal) => core.records.watch({ kind, id }, { signal }), [kind, id]);
  if (live.state !== "live") return live;
  const value = live.value?.id === id ? typed(kind, live.value) : null;
  // What is still shown of another record is not this one: it is loading, not gone.
  if (value === null && live.stale) return { state: "loading" };
  return { ...live, value };
};

/** What belongs to a device, newest first, live; null until it is known. */
export const useOfDevice = <K extends Kind>(
  kind: K,
  deviceId: string,
  limit: number,
): DataOf<K>[] | null => {
  const live = useLive(
    (core, signal) => core.records.watchOfDevice({ deviceId, kind, limit }, { signal }),
    [deviceId, kind, limit],
  );
  const value = live.state === "live" ? live.value : null;
  return useMemo(
    () => value?.flatMap((record) => typed(kind, record)?.data ?? []) ?? null,
    [kind, value],
  );
};
