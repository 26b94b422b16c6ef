import { Patience } from "./patience.ts";

/**
 * Holds back work that needs the server while it cannot be reached, and lets it through at once when
 * it can again. Nothing is held for longer than `patienceMs`: what says that the server is away may
 * itself be wrong.
 */
export class Gate {
  readonly #patienceMs: number;
  readonly #patience = new Patience();
  #closed = false;

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** The server is away: whoever comes now waits. */
  close(): void {
    this.#closed = true;
  }

  /** The server is there: whoever waits goes on, here or in a pause between two tries. */
  open(): void {
    this.#closed = false;
    this.#patience.endAll();
  }

  /** Resolves at once while open, else when it opens or patience ends. */
  passed(): Promise<void> {
    return this.#closed ? this.#patience.pause(this.#patienceMs) : Promise.resolve();
  }

  /** A pause before the next try, cut short when the gate opens. */
  pause(ms: number): Promise<void> {
    return this.#patience.pause(ms);
  }
}
