import { v7 } from "uuid";

/** The instant a UUIDv7 was made at, ms. */
const instantOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/**
 * Ids of intents, each greater than all that wait: their order is the order in which they were made
 * and are sent (S2), also where the device's clock was put back between two of them.
 */
export class IntentIds {
  #newest = 0;

  /** An intent with this id waits already. */
  note(id: string): void {
    this.#newest = Math.max(this.#newest, instantOf(id));
  }

  /** The next id, at the device's time `now`, ms. */
  next(now: number): string {
    this.#newest = Math.max(now, this.#newest + 1);
    return v7({ msecs: this.#newest });
  }
}
