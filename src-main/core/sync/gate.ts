/**
 * Holds back work that needs the server while it cannot be reached, and lets it through at once when
 * it can again. Nothing is held for longer than `patienceMs`: what says that the server is away may
 * itself be wrong.
 */
export class Gate {
  readonly #patienceMs: number;
  #waiting = new Set<() => void>();
  #closed = false;

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** The server is away: whoever comes now waits. */
  close(): void {
    this.#closed = true;
  }

  /** The server is there: whoever waits goes on. */
  open(): void {
    this.#closed = false;
    for (const go of this.#waiting) go();
    this.#waiting.clear();
  }

  /** Resolves at once while open, else when it opens or patience ends. */
  passed(): Promise<void> {
    if (!this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, this.#patienceMs);
      this.#waiting.add(go);
    });
  }
}
