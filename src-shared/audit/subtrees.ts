import { foldHashes, type Hash } from "./merkle.ts";

/** A complete subtree: its `index`-th at `level`, over the leaves from index × 2^level on. */
export interface NodeId {
  level: number;
  index: number;
}

/** Leaves from `begin` up to but without `end`. */
interface Leaves {
  begin: number;
  end: number;
}

/** Answers the hashes of complete subtrees, in the order in which they are asked for. */
export type ReadNodes = (nodes: readonly NodeId[]) => Promise<readonly Hash[]>;

/** The largest power of two below `size`, which is above 1: where RFC 9162 splits a tree. */
const splitOf = (size: number): number => {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
};

/** The subtrees whose hashes prove a leaf to a tree (RFC 9162, 2.1.3.1: PATH), lowest first. */
const pathOf = (leaf: number, { begin, end }: Leaves): Leaves[] => {
  if (end - begin === 1) return [];
  const middle = begin + splitOf(end - begin);
  return leaf < middle
    ? [...pathOf(leaf, { begin, end: middle }), { begin: middle, end }]
    : [...pathOf(leaf, { begin: middle, end }), { begin, end: middle }];
};

/** The same of a tree's first `size` leaves (RFC 9162, 2.1.4.1: SUBPROOF). `known` is its `b`. */
const subproofOf = (size: number, { begin, end }: Leaves, known: boolean): Leaves[] => {
  if (size === end) return known ? [] : [{ begin, end }];
  const middle = begin + splitOf(end - begin);
  return size <= middle
    ? [...subproofOf(size, { begin, end: middle }, known), { begin: middle, end }]
    : [...subproofOf(size, { begin: middle, end }, false), { begin, end: middle }];
};

/** The complete subtrees that make up a subtree, from left to right. */
const nodesOf = ({ begin, end }: Leaves): NodeId[] => {
  const nodes: NodeId[] = [];
  for (let at = begin; at < end; ) {
    const level = Math.floor(Math.log2(end - at));
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
};

const proofOf = async (subtrees: readonly Leaves[], read: ReadNodes): Promise<Hash[]> => {
  const parts = subtrees.map(nodesOf);
  const hashes = await read(parts.flat());
  let at = 0;
  return parts.map(({ length }) => {
    at += length;
    return foldHashes(hashes.slice(at - length, at));
  });
};

const check = (what: string, holds: boolean): void => {
  if (!holds) throw new RangeError(`there is no such ${what}`);
};

/** The root of the first `size` leaves. */
export const rootAt = async (size: number, read: ReadNodes): Promise<Hash> =>
  foldHashes(await read(nodesOf({ begin: 0, end: size })));

/**
 * The proof that leaf `index` is in the tree of the first `size` leaves (RFC 9162, 2.1.3.1), from
 * O(log size) nodes read at once. Throws where that tree has no such leaf.
 */
export const inclusionProof = (index: number, size: number, read: ReadNodes): Promise<Hash[]> => {
  check("leaf", 0 <= index && index < size);
  return proofOf(pathOf(index, { begin: 0, end: size }), read);
};

/**
 * The proof that the tree of the first `from` leaves is the beginning of that of the first `to` (RFC
 * 9162, 2.1.4.1); none is needed for an empty or the same tree. Throws where `from` is above `to`.
 */
export const consistencyProof = (from: number, to: number, read: ReadNodes): Promise<Hash[]> => {
  check("tree", 0 <= from && from <= to);
  return proofOf(from === 0 ? [] : subproofOf(from, { begin: 0, end: to }, true), read);
};
