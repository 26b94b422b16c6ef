/** Random numbers that are the same in every run. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  /** A UUIDv7 of the instant `ms`. */
  uuid(ms: number): string {
    const hex = (digits: number) =>
      Math.floor(this.next() * 16 ** digits)
        .toString(16)
        .padStart(digits, "0");
    const time = ms.toString(16).padStart(12, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-a${hex(3)}-${hex(6)}${hex(6)}`;
  }

  /** About `length` characters of words. */
  words(length: number): string {
    let text = "";
    while (text.length < length) text += `${text === "" ? "" : " "}${this.pick(vocabulary)}`;
    return text;
  }
}

const vocabulary =
  "pump valve bearing pressure flow intake discharge sensor drift reading calibrated replaced filter clogged noise vibration seal leak relay tripped restarted inspected cabinet cable voltage normal again after before the of and at with without on site technician customer reports since morning".split(
    " ",
  );
