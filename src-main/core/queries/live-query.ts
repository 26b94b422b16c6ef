import type { Observable } from "rxjs";

const PAUSE_MS = 16;

/**
 * Yields what `run` answers, then again whenever something changed and the answer is another, until
 * `signal` is aborted. Changes that come close together are answered once; a question that takes
 * long is asked less often, so that a large sync does not starve everything else.
 */
export async function* liveQuery<T>(
  changes$: Observable<unknown>,
  run: () => Promise<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  let wake: (() => void) | null = null;
  let dirty = true;
  const ring = () => {
    dirty = true;
    wake?.();
  };
  const subscription = changes$.subscribe(ring);
  signal?.addEventListener("abort", ring);
  let last: string | null = null;
  let pause = PAUSE_MS;
  try {
    while (!signal?.aborted) {
      if (!dirty) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
        if (signal?.aborted) return;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
      dirty = false;
      const began = performance.now();
      const answer = await run();
      pause = Math.max(PAUSE_MS, 4 * (performance.now() - began));
      const text = JSON.stringify(answer);
      if (text !== last) {
        last = text;
        yield answer;
      }
    }
  } finally {
    subscription.unsubscribe();
    signal?.removeEventListener("abort", ring);
  }
}
