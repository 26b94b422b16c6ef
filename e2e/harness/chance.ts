/** A source of chance that gives the same figures for the same seed (mulberry32). */
export const chance = (seed: number) => {
  let state = seed >>> 0;
  /** A whole number from 0 to below `size`. */
  return (size: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) % size;
  };
};
