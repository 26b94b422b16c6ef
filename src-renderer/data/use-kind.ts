import { useMemo } from "react";
import type { Intent, Kind } from "#shared/domain/intent.ts";
import { type DataOf, schemas } from "#shared/domain/registry.ts";
import { type Live, useLive } from "./use-live.ts";

/** A record of a kind, with the changes of it that wait for the server. */
export interface KindRecord<K extends Kind> {
  data: DataOf<K>;
  pending: readonly Intent[];
}

/** Every record of a small kind (people, roles, partners), live; what does not parse is left out. */
export const useKind = <K extends Kind>(kind: K): Live<KindRecord<K>[]> => {
  const live = useLive((core, signal) => core.records.watchKind({ kind }, { signal }), [kind]);
  return useMemo(() => {
    if (live.state !== "live") return live;
    const value = live.value.flatMap(({ data, pending }): KindRecord<K>[] => {
      const parsed = schemas[kind].safeParse(data);
      return parsed.success ? [{ data: parsed.data as DataOf<K>, pending }] : [];
    });
    return { ...live, value };
  }, [kind, live]);
};
