import type { DeskItem } from "#shared/ipc/views.ts";
import { type Live, useLive } from "./use-live.ts";

/** Every change that needs a person, soonest owed first, live (S6). */
export const useDesk = (): Live<DeskItem[]> =>
  useLive((core, signal) => core.desk.watch(undefined, { signal }), []);
