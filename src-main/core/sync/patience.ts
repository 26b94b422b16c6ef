/** A pause that can be cut short, with everyone who waits in it. */
export class Patience {
  #waiting = new Set<() => void>();

  /** Resolves after `ms`, or when {@link endAll} is called. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#waiting.add(end);
    });
  }

  /** Ends every pause at once. */
  endAll(): void {
    for (const end of [...this.#waiting]) end();
  }
}
