import { randomBytes } from "node:crypto";

/** What became of a proof: fresh and now spent, of a nonce not known here, or seen before. */
export type Spent = "fresh" | "stale" | "replayed";

interface Window {
  begun: number;
  seen: Set<string>;
}

/** A nonce is handed out for a minute, and taken for five from when it was first. */
const WINDOW_MS = 60_000;
const LIFE_MS = 5 * 60_000;
/** More proofs than this in one window begin another: what is remembered stays bounded. */
const PROOFS = 50_000;
const WINDOWS = 8;

/**
 * The nonces of this process (RFC 9449, section 8): how fresh a proof is rests on them alone, as
 * clocks of devices are wrong by hours and days. A nonce is a random text that nobody else knows, so
 * that the proofs made with it need to be remembered only here and only as long as it is taken:
 * another process, or the next life of this one, knows neither and asks for a proof of its own.
 */
export class Nonces {
  readonly #now: () => number;
  readonly #windows = new Map<string, Window>();
  #current = "";

  /** `now` is a clock in ms that nobody sets back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The nonce to make the next proof with. */
  current(): string {
    const window = this.#windows.get(this.#current);
    const over = window === undefined || this.#now() - window.begun >= WINDOW_MS;
    if (over || window.seen.size >= PROOFS) this.#begin();
    return this.#current;
  }

  /** Takes a proof once; `id` names it among all proofs. */
  spend(nonce: string, id: string): Spent {
    const window = this.#windows.get(nonce);
    if (window === undefined || this.#now() - window.begun >= LIFE_MS) return "stale";
    if (window.seen.has(id)) return "replayed";
    if (window.seen.size >= PROOFS) return "stale";
    window.seen.add(id);
    return "fresh";
  }

  #begin(): void {
    const now = this.#now();
    this.#current = randomBytes(16).toString("base64url");
    this.#windows.set(this.#current, { begun: now, seen: new Set() });
    for (const [nonce, { begun }] of this.#windows) {
      const old = now - begun >= LIFE_MS || this.#windows.size > WINDOWS;
      if (old) this.#windows.delete(nonce);
    }
  }
}
