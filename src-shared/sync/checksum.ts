import type { Kind } from "../domain/intent.ts";
import type { Sums } from "./wire.ts";

/** Sums are taken modulo this: two of them still add up exactly in a double. */
const MODULUS = 2 ** 48;

/** FNV-1a's 32-bit prime, and two places to begin. */
const PRIME = 16777619;
const LOW = 2166136261;
const HIGH = 2654435769;

/**
 * The checksum of one record (S10): 48 bits over its id, revision, lease and data, `json` being the
 * JSON text of the data. Two runs of FNV-1a; it finds mistakes, not forgers.
 */
export const recordSum = (id: string, rev: number, until: string, json: string): number => {
  let low = LOW;
  let high = HIGH;
  // Two texts rather than one: joining them costs more than reading them.
  for (const text of [`${id}\n${rev}\n${until}\n`, json]) {
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      low = Math.imul(low ^ unit, PRIME);
      high = Math.imul(high ^ (unit + 1), PRIME);
    }
  }
  return 2 ** 32 * ((high ^ (high >>> 16)) & 0xffff) + (low >>> 0);
};

/** `sums` with one record more (`sign` 1) or less (-1). Kinds of which nothing is left are absent. */
export const addToSums = (sums: Sums, kind: Kind, sum: number, sign: 1 | -1): Sums => {
  const { count, sum: old } = sums[kind] ?? { count: 0, sum: 0 };
  const next = { count: count + sign, sum: (old + sign * sum + MODULUS) % MODULUS };
  const { [kind]: _, ...others } = sums;
  return next.count === 0 ? others : { ...others, [kind]: next };
};

/** The kinds in which two sets of sums differ. */
export const differingKinds = (a: Sums, b: Sums): Kind[] =>
  ([...new Set([...Object.keys(a), ...Object.keys(b)])] as Kind[]).filter(
    (kind) => a[kind]?.count !== b[kind]?.count || a[kind]?.sum !== b[kind]?.sum,
  );
