import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

const cost = { N: 32_768, r: 8, p: 1 };
const keyLength = 32;
const saltLength = 16;

const derive = (password: string, salt: Buffer, length: number, options: ScryptOptions) =>
  new Promise<Buffer>((resolve, reject) => {
    const memory = 256 * (options.N ?? 1) * (options.r ?? 1);
    scrypt(
      password.normalize("NFKC"),
      salt,
      length,
      { ...options, maxmem: memory },
      (error, key) => (error === null ? resolve(key) : reject(error)),
    );
  });

/** Hashes a password with scrypt and a salt of its own; the cost is part of the text. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(saltLength);
  const key = await derive(password, salt, keyLength, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64"), key.toString("base64")].join(
    "$",
  );
};

/**
 * True where `password` is the one behind `hash`, compared in constant time. A text that is no
 * hash of ours is never equal to anything.
 */
export const verifyPassword = async (password: string, hash: string): Promise<boolean> => {
  const [scheme, n, r, p, salt, key] = hash.split("$");
  if (scheme !== "scrypt" || salt === undefined || key === undefined) return false;
  const options = { N: Number(n), r: Number(r), p: Number(p) };
  // Bounded, so that a damaged row cannot ask for all of the machine's memory.
  const sane =
    Number.isInteger(options.N) && options.N > 1 && options.N <= 2 ** 20 && options.r <= 32;
  if (!sane || !(options.p >= 1 && options.p <= 16)) return false;
  const expected = Buffer.from(key, "base64");
  if (expected.length !== keyLength) return false;
  const actual = await derive(password, Buffer.from(salt, "base64"), keyLength, options);
  return timingSafeEqual(actual, expected);
};
