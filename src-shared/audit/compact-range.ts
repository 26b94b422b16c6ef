import { foldHashes, type Hash, nodeHash } from "./merkle.ts";
import type { NodeId } from "./subtrees.ts";

/** A complete subtree with its hash. */
export interface TreeNode extends NodeId {
  hash: Hash;
}

/**
 * A Merkle tree that only grows, kept as the hashes of its complete subtrees, the largest first: one
 * for each bit that is set in its size. That is all it takes to append, and to know the root.
 */
export class CompactRange {
  #size: number;
  readonly #hashes: Hash[];

  /** An empty tree, or the one of `size` leaves that another range was at. */
  constructor(size = 0, hashes: readonly Hash[] = []) {
    this.#size = size;
    this.#hashes = [...hashes];
  }

  /** How many leaves it has. */
  get size(): number {
    return this.#size;
  }

  /** The hashes of its complete subtrees: with the size, what it can be made again from. */
  get hashes(): readonly Hash[] {
    return this.#hashes;
  }

  /** The root over all leaves (RFC 9162, 2.1.1). */
  get root(): Hash {
    return foldHashes(this.#hashes);
  }

  /** Appends a leaf. Answers the inner nodes that it completes: in the mean, one. */
  append(leaf: Hash): TreeNode[] {
    const completed: TreeNode[] = [];
    let hash = leaf;
    let index = this.#size;
    for (let level = 1; index % 2 === 1; level += 1) {
      hash = nodeHash(this.#hashes.pop() ?? "", hash);
      index = (index - 1) / 2;
      completed.push({ level, index, hash });
    }
    this.#hashes.push(hash);
    this.#size += 1;
    return completed;
  }
}
