import { EMPTY_ROOT, type Hash, nodeHash } from "./merkle.ts";

/** A tree as one can be told of: how many leaves, and the root over them. */
export interface Tree {
  size: number;
  root: Hash;
}

/**
 * The root that a proof leads to from leaf `index` of a tree of `size` leaves (RFC 9162, 2.1.3.2):
 * the leaf is in the tree where it is the tree's root. Null where the proof fits no such leaf.
 */
export const rootByInclusion = (
  leaf: Hash,
  index: number,
  size: number,
  proof: readonly Hash[],
): Hash | null => {
  if (index < 0 || index >= size) return null;
  let hash = leaf;
  let fn = index;
  let sn = size - 1;
  for (const sibling of proof) {
    if (sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? hash : null;
};

const isPowerOfTwo = (n: number): boolean => Number.isInteger(Math.log2(n));

/**
 * Whether a proof shows that `earlier` is the beginning of `later` (RFC 9162, 2.1.4.2). Every tree
 * begins with the empty one, and with itself; both take an empty proof.
 */
export const isConsistent = (earlier: Tree, later: Tree, proof: readonly Hash[]): boolean => {
  if (earlier.size > later.size) return false;
  if (earlier.size === 0) return proof.length === 0 && earlier.root === EMPTY_ROOT;
  if (earlier.size === later.size) return proof.length === 0 && earlier.root === later.root;
  const [first, ...others] = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof;
  if (first === undefined) return false;
  let fn = earlier.size - 1;
  let sn = later.size - 1;
  while (fn % 2 === 1) {
    fn = (fn - 1) / 2;
    sn = Math.floor(sn / 2);
  }
  let [fr, sr] = [first, first];
  for (const hash of others) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(hash, fr);
      sr = nodeHash(hash, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = nodeHash(sr, hash);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && fr === earlier.root && sr === later.root;
};
