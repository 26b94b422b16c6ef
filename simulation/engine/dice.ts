/** Numbers that look random and follow from a seed alone (sfc32). */
export class Dice {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, salt = 0) {
    this.#a = seed >>> 0;
    this.#b = Math.floor(seed / 2 ** 32) >>> 0;
    this.#c = salt >>> 0;
    for (let i = 0; i < 15; i += 1) this.next();
  }

  /** The next number, 0 ≤ n < 2^32. */
  next(): number {
    const t = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = (this.#b ^ (this.#b >>> 9)) >>> 0;
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) >>> 0;
    return t;
  }

  /** A whole number, 0 ≤ n < `below`. */
  int(below: number): number {
    return Math.floor((this.next() / 2 ** 32) * below);
  }

  /** A whole number, `from` ≤ n ≤ `to`. */
  between(from: number, to: number): number {
    return from + this.int(to - from + 1);
  }

  /** True once in so often, 0 to 1. */
  chance(p: number): boolean {
    return this.next() / 2 ** 32 < p;
  }

  /** One of these; undefined of none. */
  pick<T>(from: readonly T[]): T | undefined {
    return from[this.int(from.length)];
  }

  /** One of these, each as likely as its weight says. */
  weighted<T>(from: readonly (readonly [T, number])[]): T {
    let left = this.int(from.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [each, weight] of from) {
      left -= weight;
      if (left < 0) return each;
    }
    throw new Error("nothing to choose from");
  }
}
