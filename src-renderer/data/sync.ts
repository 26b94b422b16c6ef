import type { SyncStatus } from "#shared/ipc/views.ts";
import { sharedLive } from "./shared-live.ts";

const shared = sharedLive<SyncStatus>((core, signal) => core.sync.watch(undefined, { signal }));

/** Opens the sync status for everything below it. */
export const SyncProvider = shared.Provider;

/** How sync stands, or null until it is known. */
export const useSyncStatus = (): SyncStatus | null => {
  const live = shared.use();
  return live.state === "live" ? live.value : null;
};

/** How far the first sync has come while it is under way; null before and after. */
export const useFirstSync = (): Pick<SyncStatus, "received" | "progress"> | null => {
  const status = useSyncStatus();
  return status?.phase === "first-sync" || status?.phase === "starting" ? status : null;
};
