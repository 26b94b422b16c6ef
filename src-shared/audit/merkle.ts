import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";

/** A SHA-256 hash, in lower-case hex: as it is stored, sent and compared. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/);
export type Hash = z.infer<typeof Hash>;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

const hashOf = (...parts: Uint8Array[]): Hash => bytesToHex(sha256(concatBytes(...parts)));

/** The root of a tree without leaves (RFC 9162, 2.1.1). */
export const EMPTY_ROOT: Hash = hashOf();

/** The hash of a leaf, from its bytes or the UTF-8 of its text (RFC 9162, 2.1.1). */
export const leafHash = (data: Uint8Array | string): Hash =>
  hashOf(LEAF, typeof data === "string" ? utf8ToBytes(data) : data);

/** The hash of a node over its two children (RFC 9162, 2.1.1). */
export const nodeHash = (left: Hash, right: Hash): Hash =>
  hashOf(NODE, hexToBytes(left), hexToBytes(right));

/** The hash of 16 random bytes (hex) and a text after them: it gives away nothing of the text. */
export const saltedHash = (salt: string, text: string): Hash =>
  hashOf(hexToBytes(salt), utf8ToBytes(text));

/** The hash over complete subtrees that stand beside each other, the larger to the left. */
export const foldHashes = (hashes: readonly Hash[]): Hash =>
  hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right));
