import type { TFunction } from "i18next";
import type { SyncStatus } from "#shared/ipc/views.ts";
import { formatNumber } from "../../ui/format.ts";

/** How much the sync status asks to be looked at. */
export type SyncTone = "calm" | "busy" | "away" | "alert";

/** The tone of the one quiet place. */
export const syncTone = (status: SyncStatus): SyncTone => {
  if (status.attention > 0 || status.phase === "stopped") return "alert";
  if (status.phase === "offline") return "away";
  return status.phase === "up-to-date" && status.waiting === 0 ? "calm" : "busy";
};

/** The sync status in words: "Up to date", "Offline · 3 changes waiting", "1 needs attention". */
export const syncWords = (status: SyncStatus, t: TFunction<"shell">, language: string): string => {
  const { phase, waiting, attention, received } = status;
  const parts: string[] = [];
  if (phase === "first-sync") {
    parts.push(
      received > 0
        ? t("sync.firstSyncCount", { count: received, formatted: formatNumber(received, language) })
        : t("sync.firstSync"),
    );
  }
  if (phase === "starting") parts.push(t("sync.starting"));
  if (phase === "syncing") {
    parts.push(waiting > 0 ? t("sync.sending", { count: waiting }) : t("sync.syncing"));
  }
  if (phase === "offline") parts.push(t("sync.offline"));
  if (phase === "stopped") parts.push(t("sync.stopped"));
  if (phase !== "syncing" && waiting > 0) parts.push(t("sync.waiting", { count: waiting }));
  if (attention > 0) parts.push(t("sync.attention", { count: attention }));
  return parts.length === 0 ? t("sync.upToDate") : parts.join(" · ");
};
