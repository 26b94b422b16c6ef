import { useEffect, useRef, useState } from "react";
import { onceConnected } from "./connection.ts";
import { type CoreClient, useCore } from "./core.ts";

/**
 * What a live query has said so far. `stale` while what is shown answers an earlier question, or
 * the way to the core is broken and being mended.
 */
export type Live<T> =
  | { state: "loading" }
  | { state: "live"; value: T; stale: boolean }
  | { state: "failed" };

/** After so many failed tries without any value, the query counts as failed (and goes on trying). */
const PATIENCE = 4;

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Keeps a stream open until `signal`, reopening it whenever it breaks. */
const follow = async <T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  signal: AbortSignal,
  on: { value: (value: T) => void; broken: (tries: number) => void },
): Promise<void> => {
  let tries = 0;
  while (!signal.aborted) {
    try {
      for await (const value of await open(signal)) {
        if (signal.aborted) return;
        tries = 0;
        on.value(value);
      }
    } catch {
      // A broken stream is reopened below; what was refused arrives as a value, never as a throw.
    }
    if (signal.aborted) return;
    tries += 1;
    on.broken(tries);
    await pause(Math.min(200 * 2 ** tries, 5000), signal);
    await onceConnected(signal);
  }
};

/**
 * Subscribes to a live query of the core for as long as the component is mounted. When `deps`
 * change it asks anew and keeps showing the last value, marked stale, until the new one arrives.
 */
export const useLive = <T>(
  open: (core: CoreClient, signal: AbortSignal) => Promise<AsyncIterable<T>>,
  deps: readonly unknown[],
): Live<T> => {
  const core = useCore();
  const [live, setLive] = useState<Live<T>>({ state: "loading" });
  const latest = useRef(open);
  latest.current = open;
  const asked = JSON.stringify(deps);

  useEffect(() => {
    const leaving = new AbortController();
    const markStale = (last: Live<T>): Live<T> =>
      last.state === "live" && !last.stale ? { ...last, stale: true } : last;
    setLive(markStale);
    void follow((signal) => latest.current(core, signal), leaving.signal, {
      value: (value) => setLive({ state: "live", value, stale: false }),
      broken: (tries) =>
        setLive((last) =>
          last.state === "live" || tries < PATIENCE ? markStale(last) : { state: "failed" },
        ),
    });
    return () => leaving.abort();
  }, [core, asked]);

  return live;
};
