import type { ActView } from "#shared/ipc/views.ts";
import { type Live, useLive } from "./use-live.ts";

/** What one did lately on this device and the server has applied, the newest first. */
export const useActs = (): Live<ActView[]> =>
  useLive((core, signal) => core.audit.acts(undefined, { signal }), []);
