import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { WorkFilter } from "#shared/ipc/views.ts";
import { onceConnected } from "../../../../data/connection.ts";
import { useCore } from "../../../../data/core.ts";
import { type Pause, type QueueView, QueueWindows } from "./queue-window.ts";

const pause: Pause = async (tries, signal) => {
  await new Promise((resolve) => setTimeout(resolve, Math.min(200 * 2 ** tries, 5000)));
  await onceConnected(signal);
};

/** The queue under a filter, live; says which rows are looked at. */
export interface Queue {
  view: QueueView;
  look: (first: number, last: number) => void;
  /** True while what is shown still answers the filter before. */
  stale: boolean;
}

/** Opens the queue under `filter`; keeps showing the last answer until the new one is there. */
export const useQueue = (filter: WorkFilter): Queue => {
  const core = useCore();
  const asked = JSON.stringify(filter);
  const windows = useMemo(() => {
    const of = JSON.parse(asked) as WorkFilter;
    return new QueueWindows(
      (offset, limit, signal) => core.work.watch({ filter: of, offset, limit }, { signal }),
      pause,
    );
  }, [core, asked]);
  useEffect(() => () => windows.close(), [windows]);
  const fresh = useSyncExternalStore(windows.subscribe, windows.snapshot);
  const last = useRef(fresh);
  const stale = fresh.total === null && !fresh.failed && last.current.total !== null;
  useEffect(() => {
    if (fresh.total !== null) last.current = fresh;
  }, [fresh]);
  const look = useCallback((first: number, to: number) => windows.look(first, to), [windows]);
  return { view: stale ? last.current : fresh, look, stale };
};
