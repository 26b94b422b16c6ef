interface Attempts {
  failures: number;
  blockedUntil: number;
}

/**
 * Slows down guessing: counts failed sign-ins per login and address, in bounded memory. The counts are
 * this process's own and end with it, as the embedded provider is one process: a provider for many
 * would keep them where all can see them.
 */
export class LoginThrottle {
  readonly #attempts = new Map<string, Attempts>();
  readonly #now: () => number;
  readonly #freeFailures = 5;
  readonly #firstBlockMs = 15_000;
  readonly #longestBlockMs = 15 * 60_000;
  readonly #capacity: number;

  constructor(now: () => number, capacity = 10_000) {
    this.#now = now;
    this.#capacity = capacity;
  }

  /** Milliseconds until this login may be tried again from this address; 0 where it may be now. */
  waitMs(login: string, address: string): number {
    const entry = this.#attempts.get(this.#key(login, address));
    return entry === undefined ? 0 : Math.max(0, entry.blockedUntil - this.#now());
  }

  /**
   * Counts an attempt before its password is checked, so that attempts made side by side count
   * too. From the fifth on each waits twice as long as the one before.
   */
  begin(login: string, address: string): void {
    const key = this.#key(login, address);
    const known = this.#attempts.get(key);
    const forgotten =
      known === undefined || this.#now() - known.blockedUntil > this.#longestBlockMs;
    const failures = forgotten ? 1 : known.failures + 1;
    const excess = failures - this.#freeFailures;
    const block = excess < 0 ? 0 : Math.min(this.#firstBlockMs * 2 ** excess, this.#longestBlockMs);
    // Deleted first, so that the map stays in order of last use and the oldest goes when full.
    this.#attempts.delete(key);
    this.#attempts.set(key, { failures, blockedUntil: this.#now() + block });
    if (this.#attempts.size <= this.#capacity) return;
    const [oldest] = this.#attempts.keys();
    if (oldest !== undefined) this.#attempts.delete(oldest);
  }

  /** Forgets the attempts of a login that has just succeeded. */
  succeeded(login: string, address: string): void {
    this.#attempts.delete(this.#key(login, address));
  }

  #key(login: string, address: string): string {
    return `${address}\n${login.trim().toLowerCase().slice(0, 200)}`;
  }
}
