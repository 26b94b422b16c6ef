/** Tells readers that something changed; {@link Bell.follow} turns that into a live query. */
export class Bell {
  private readers = new Set<() => void>();

  /** Everyone who follows reads again. */
  ring(): void {
    for (const reader of this.readers) reader();
  }

  /** Yields what `read` says now, then after each ring, until `signal`. */
  async *follow<T>(read: () => T, signal: AbortSignal | undefined): AsyncGenerator<T, void, void> {
    let rung = true;
    let wake: () => void = () => undefined;
    const reader = () => {
      rung = true;
      wake();
    };
    this.readers.add(reader);
    signal?.addEventListener("abort", reader);
    try {
      while (signal?.aborted !== true) {
        if (rung) {
          rung = false;
          yield read();
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (rung) resolve();
          });
        }
      }
    } finally {
      this.readers.delete(reader);
    }
  }
}
