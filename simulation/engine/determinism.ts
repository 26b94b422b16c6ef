import nodeCrypto, { createHash } from "node:crypto";
import { registerHooks, syncBuiltinESMExports } from "node:module";
import { Dice } from "./dice.ts";

/**
 * Everything in this process that would differ from run to run is made to follow from a seed: random
 * numbers, ids, and hashing, which would else wait for another thread. To be imported before any of
 * the product.
 */
let dice = new Dice(1);

/** Random numbers start over from a seed. */
export const reseed = (seed: number): void => {
  dice = new Dice(seed, 0x5eed);
};

const fill = <T extends ArrayBufferView>(view: T): T => {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = dice.int(256);
  return view;
};

Math.random = () => dice.next() / 2 ** 32;
nodeCrypto.randomBytes = ((size: number) =>
  fill(Buffer.alloc(size))) as typeof nodeCrypto.randomBytes;
nodeCrypto.randomUUID = (() => {
  const b = fill(Buffer.alloc(16));
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x40;
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  const h = b.toString("hex");
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}) as typeof nodeCrypto.randomUUID;
syncBuiltinESMExports();
globalThis.crypto.getRandomValues = fill as typeof globalThis.crypto.getRandomValues;
globalThis.crypto.randomUUID = nodeCrypto.randomUUID as typeof globalThis.crypto.randomUUID;
globalThis.crypto.subtle.digest = async (algorithm, data) => {
  const name = typeof algorithm === "string" ? algorithm : algorithm.name;
  const bytes = ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data as ArrayBuffer);
  const hash = createHash(name.replace("-", "").toLowerCase()).update(bytes).digest();
  return hash.buffer.slice(hash.byteOffset, hash.byteOffset + hash.byteLength);
};

/** Whoever asks for `uuid` gets ours; ours asks for the real one. */
const ids = new URL("./ids.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "uuid" && context.parentURL !== ids
      ? { url: ids, shortCircuit: true }
      : next(specifier, context),
});
