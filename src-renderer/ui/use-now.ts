import { useSyncExternalStore } from "react";

const TICK = 10_000;
const readers = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

const tick = () => {
  now = Date.now();
  for (const reader of readers) reader();
};

const subscribe = (reader: () => void) => {
  if (readers.size === 0) {
    now = Date.now();
    timer = setInterval(tick, TICK);
  }
  readers.add(reader);
  return () => {
    readers.delete(reader);
    if (readers.size === 0) clearInterval(timer);
  };
};

/** The device's time in ms, from one clock for the whole window; ticks every ten seconds. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
