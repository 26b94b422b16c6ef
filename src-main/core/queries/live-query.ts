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
  let asked = 0;
  try {
    while (!signal?.aborted) {
      if (!dirty) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
        if (signal?.aborted) return;
        // After a quiet time at once; in a flood of changes, one answer for many of them.
        const rest = asked + pause - performance.now();
        if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      }
      dirty = false;
      const began = performance.now();
      const answer = await run();
      asked = performance.now();
      pause = Math.max(PAUSE_MS, 4 * (asked - began));
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
