import { useEffect, useState } from "react";
import type { SyncStatus } from "#shared/ipc/views.ts";

const PASSING = 700;

/** The status without the short rounds that would only flicker: "syncing" counts once it lasts. */
export const useSettled = (status: SyncStatus | null): SyncStatus | null => {
  const [settled, setSettled] = useState(status);
  const passing = status?.phase === "syncing" && settled !== null;
  useEffect(() => {
    if (!passing) {
      setSettled(status);
      return;
    }
    const timer = setTimeout(() => setSettled(status), PASSING);
    return () => clearTimeout(timer);
  }, [status, passing]);
  return passing ? settled : status;
};
