/** Holds work back until it is opened. */
export class Latch {
  #open = false;
  #waiting: (() => void)[] = [];

  get isOpen(): boolean {
    return this.#open;
  }

  /** Whoever waits goes on, and whoever comes does not wait. */
  open(): void {
    this.#open = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Whoever comes now waits. */
  close(): void {
    this.#open = false;
  }

  /** Resolves when it is open. */
  async passed(): Promise<void> {
    while (!this.#open) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
