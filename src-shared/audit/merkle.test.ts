import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CompactRange } from "./compact-range.ts";
import { EMPTY_ROOT, foldHashes, type Hash, leafHash, nodeHash } from "./merkle.ts";
import { isConsistent, rootByInclusion } from "./proofs.ts";
import { consistencyProof, inclusionProof, type ReadNodes, rootAt } from "./subtrees.ts";

/** The tree of RFC 9162, 2.1.1, as it is written there. */
const naiveRoot = (leaves: readonly Hash[]): Hash => {
  if (leaves.length < 2) return foldHashes(leaves);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
};

/** A reader of complete subtrees that computes each from the leaves. */
const readerOf =
  (leaves: readonly Hash[]): ReadNodes =>
  async (nodes) =>
    nodes.map(({ level, index }) => {
      const of = leaves.slice(index * 2 ** level, (index + 1) * 2 ** level);
      expect(of).toHaveLength(2 ** level);
      return naiveRoot(of);
    });

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));

describe("the reference vectors of Certificate Transparency", () => {
  const inputs = [
    ...["", "00", "10", "2021", "3031", "40414243", "5051525354555657"],
    "606162636465666768696a6b6c6d6e6f",
  ];
  const leaves = inputs.map((input) => leafHash(bytes(input)));
  const roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];
  const left = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
  const fifth = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
  const last2 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
  const first4 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
  const last4 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
  const second = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
  const first = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";

  test("[PRT-4] [RFC 9162 2.1.1] the root of each of the first nine trees", async () => {
    const tree = new CompactRange();
    for (const [size, root] of roots.entries()) {
      expect(tree.root).toBe(root);
      expect(await rootAt(size, readerOf(leaves))).toBe(root);
      tree.append(leaves[size] ?? "");
    }
  });

  test.each([
    [0, 1, []],
    [0, 8, [second, left, last4]],
    [5, 8, [fifth, last2, first4]],
    [2, 3, [roots[2] ?? ""]],
    [1, 5, [first, left, fifth]],
  ])(
    "[PRT-4] [RFC 9162 2.1.3] the proof of leaf %i in a tree of %i",
    async (index, size, proof) => {
      expect(await inclusionProof(index, size, readerOf(leaves))).toEqual(proof);
      expect(rootByInclusion(leaves[index] ?? "", index, size, proof)).toBe(roots[size]);
    },
  );

  test.each([
    [1, 1, []],
    [1, 8, [second, left, last4]],
    [6, 8, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", last2, first4]],
    [2, 5, [left, fifth]],
  ])(
    "[PRT-4] [RFC 9162 2.1.4] the proof from a tree of %i to one of %i",
    async (from, to, proof) => {
      expect(await consistencyProof(from, to, readerOf(leaves))).toEqual(proof);
      const treeOf = (size: number) => ({ size, root: roots[size] ?? "" });
      expect(isConsistent(treeOf(from), treeOf(to), proof)).toBe(true);
    },
  );
});

describe("any tree", () => {
  const leavesOf = (size: number, salt = "") =>
    Array.from({ length: size }, (_, n) => leafHash(`${salt}${n}`));
  const all = leavesOf(300);
  const read = readerOf(all);
  const grown = new CompactRange();
  const kept = new Map<string, Hash>();
  const roots = [EMPTY_ROOT];
  for (const leaf of all) {
    for (const { level, index, hash } of grown.append(leaf)) kept.set(`${level}/${index}`, hash);
    roots.push(grown.root);
  }
  const sizes = fc.integer({ min: 1, max: all.length });

  test("[PRT-4] a range appended to leaf by leaf has the root of the naive tree, and its nodes", async () => {
    for (const size of [1, 2, 3, 7, 8, 100, 255, 256, 257, 300]) {
      expect(roots[size]).toBe(naiveRoot(all.slice(0, size)));
    }
    for (const [id, hash] of kept) {
      const [level = 0, index = 0] = id.split("/").map(Number);
      expect([id, hash]).toEqual([id, (await read([{ level, index }]))[0]]);
    }
    expect(kept.size).toBe(all.length - grown.hashes.length);
  });

  test("[PRT-4] a range goes on where another stopped", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const one = new CompactRange();
        for (const leaf of all.slice(0, size)) one.append(leaf);
        const other = new CompactRange(one.size, one.hashes);
        for (const leaf of all.slice(size)) other.append(leaf);
        expect(other.root).toBe(grown.root);
      }),
      { numRuns: 30 },
    );
  });

  test("[PRT-4] a proof holds for its leaf, place and tree, and for no other", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (size, at, other) => {
        const index = at % size;
        const root = roots[size];
        const leaf = all[index] ?? "";
        const proof = await inclusionProof(index, size, read);
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(rootByInclusion(leaf, index, size, proof)).toBe(root);
        const elsewhere = other % size;
        if (elsewhere !== index) {
          expect(rootByInclusion(leaf, elsewhere, size, proof)).not.toBe(root);
          expect(rootByInclusion(all[elsewhere] ?? "", index, size, proof)).not.toBe(root);
        }
        const changed = proof.map((hash, n) =>
          n === other % proof.length ? leafHash(hash) : hash,
        );
        if (proof.length > 0) {
          expect(rootByInclusion(leaf, index, size, changed)).not.toBe(root);
          expect(rootByInclusion(leaf, index, size, proof.slice(1))).not.toBe(root);
        }
        expect(rootByInclusion(leaf, index, size, [...proof, leaf])).toBeNull();
        expect(rootByInclusion(leaf, size, size, proof)).toBeNull();
      }),
    );
  });

  test("[PRT-4] a tree begins with every smaller one of it, and with no other", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (to, at, nth) => {
        const from = at % (to + 1);
        const earlier = { size: from, root: roots[from] ?? "" };
        const later = { size: to, root: roots[to] ?? "" };
        const proof = await consistencyProof(from, to, read);
        expect(isConsistent(earlier, later, proof)).toBe(true);
        expect(isConsistent({ ...earlier, root: leafHash("other") }, later, proof)).toBe(false);
        if (from > 0) {
          expect(isConsistent(earlier, { ...later, root: leafHash("other") }, proof)).toBe(false);
        }
        if (proof.length > 0) {
          const changed = proof.map((h, n) => (n === nth % proof.length ? leafHash(h) : h));
          expect(isConsistent(earlier, later, changed)).toBe(false);
          expect(isConsistent(earlier, later, proof.slice(1))).toBe(false);
          expect(isConsistent(earlier, later, [])).toBe(false);
        }
        expect(isConsistent(earlier, later, [...proof, leafHash("more")])).toBe(false);
        if (from < to) expect(isConsistent(later, earlier, proof)).toBe(false);
      }),
    );
  });

  test("[PRT-4] no proof leads from a tree to one whose beginning was rewritten", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (to, at, nth) => {
        const from = 1 + (at % to);
        const forged = all.slice(0, to).map((h, n) => (n === nth % from ? leafHash(h) : h));
        const proof = await consistencyProof(from, to, readerOf(forged));
        const earlier = { size: from, root: roots[from] ?? "" };
        expect(isConsistent(earlier, { size: to, root: naiveRoot(forged) }, proof)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  test("[RFC 9162 2.1.1] a leaf can never be taken for a node", () => {
    const [a = "", b = ""] = all;
    const children = bytes(a + b);
    expect(leafHash(children)).not.toBe(nodeHash(a, b));
  });

  test("there is no proof of what a tree does not have", () => {
    expect(() => inclusionProof(3, 3, read)).toThrow(RangeError);
    expect(() => inclusionProof(-1, 3, read)).toThrow(RangeError);
    expect(() => consistencyProof(4, 3, read)).toThrow(RangeError);
  });
});
