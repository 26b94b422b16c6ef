import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto";
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";

/** SQLCipher 4 with its defaults: what every page of our files is. */
export const PAGE = 4096;
const SALT = 16;
/** The salt and, in the clear, the page size: the encrypted part of the first page starts here. */
const CLEAR = 24;
const BLOCK = 16;
const TAG = 64;
const IV = 16;
/** The bytes of a page that SQLite uses; an IV and an authentication tag follow. */
export const USABLE = PAGE - IV - TAG;

const WAL_HEADER = 32;
const FRAME_HEADER = 24;

/** A page as SQLite sees it, or null where its bytes are not what was written. */
export type RawPage = { readonly number: number; readonly bytes: Buffer | null };

/**
 * Decrypts the pages of one file by themselves, without SQLite: also those of a file that SQLite
 * refuses, and those that nothing in it refers to.
 */
export class PageReader {
  readonly #key: Buffer;
  readonly #tagKey: Buffer;

  constructor(keyHex: string, salt: Buffer) {
    this.#key = Buffer.from(keyHex, "hex");
    // SQLCipher 4 derives the key of the page tags from the page key in two rounds.
    const tagSalt = Buffer.from(salt.map((byte) => byte ^ 0x3a));
    this.#tagKey = pbkdf2Sync(this.#key, tagSalt, 2, 32, "sha512");
  }

  /** Whether a page is as it was written with this key. */
  isWhole(page: Buffer, number: number): boolean {
    const n = Buffer.alloc(4);
    n.writeUInt32LE(number);
    const tag = createHmac("sha512", this.#tagKey)
      .update(page.subarray(number === 1 ? CLEAR : 0, USABLE + IV))
      .update(n)
      .digest();
    return timingSafeEqual(tag, page.subarray(PAGE - TAG));
  }

  /** The page in plain, or null where it is not whole. */
  decrypt(page: Buffer, number: number): Buffer | null {
    if (!this.isWhole(page, number)) return null;
    const start = number === 1 ? CLEAR : 0;
    // What is left over of the first page after whole blocks is not encrypted.
    const end = USABLE - ((USABLE - start) % BLOCK);
    const cipher = createDecipheriv("aes-256-cbc", this.#key, page.subarray(USABLE, USABLE + IV));
    cipher.setAutoPadding(false);
    const plain = cipher.update(page.subarray(start, end));
    if (number !== 1) return plain;
    return Buffer.concat([
      Buffer.from("SQLite format 3\0"),
      page.subarray(SALT, CLEAR),
      plain,
      page.subarray(end, USABLE),
    ]);
  }
}

/** The reader of a file's pages, from the salt its first bytes are; null where it has none. */
export function readerOf(file: string, keyHex: string): PageReader | null {
  const salt = readAt(file, 0, SALT);
  return salt.length === SALT ? new PageReader(keyHex, salt) : null;
}

/** Every page of a database file as it lies there, one at a time; its write-ahead log aside. */
export function* pagesOf(file: string, reader: PageReader): Generator<RawPage> {
  const handle = openSync(file, "r");
  try {
    const count = Math.floor(fstatSync(handle).size / PAGE);
    const page = Buffer.alloc(PAGE);
    for (let number = 1; number <= count; number++) {
      readSync(handle, page, 0, PAGE, (number - 1) * PAGE);
      yield { number, bytes: reader.decrypt(page, number) };
    }
  } finally {
    closeSync(handle);
  }
}

/** A frame of a write-ahead log: a page, and whether it ends a transaction. */
export type Frame = RawPage & { readonly commits: boolean };

/**
 * The frames of the write-ahead log beside a file in the order they were written. With `all` also
 * those left over from before it was last begun anew.
 */
export function* framesOf(file: string, reader: PageReader, all = false): Generator<Frame> {
  const wal = `${file}-wal`;
  if (!existsSync(wal)) return;
  const handle = openSync(wal, "r");
  try {
    const header = Buffer.alloc(WAL_HEADER);
    if (readSync(handle, header, 0, WAL_HEADER, 0) < WAL_HEADER) return;
    const frame = Buffer.alloc(FRAME_HEADER + PAGE);
    for (let at = WAL_HEADER; readSync(handle, frame, 0, frame.length, at) === frame.length; ) {
      at += frame.length;
      if (!all && !frame.subarray(8, 16).equals(header.subarray(16, 24))) return;
      const number = frame.readUInt32BE(0);
      const bytes = reader.decrypt(frame.subarray(FRAME_HEADER), number);
      yield { number, bytes, commits: frame.readUInt32BE(4) !== 0 };
    }
  } finally {
    closeSync(handle);
  }
}

function readAt(file: string, offset: number, length: number): Buffer {
  const handle = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(handle, bytes, 0, length, offset));
  } finally {
    closeSync(handle);
  }
}
