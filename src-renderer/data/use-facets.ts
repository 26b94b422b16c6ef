import type { Facets } from "#shared/ipc/views.ts";
import { useLive } from "./use-live.ts";

const none: Facets = { customers: [], regions: [], people: [] };

/** The customers, regions and people there are to choose from; empty until they are known. */
export const useFacets = (): Facets => {
  const live = useLive((core, signal) => core.work.facets(undefined, { signal }), []);
  return live.state === "live" ? live.value : none;
};
