import { createDecipheriv } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = 4096;
const SALT = 16;
/** An IV of 16 bytes and a tag of 64 end every page of an SQLCipher file. */
const RESERVED = 80;
const WAL_HEAD = 32;
const FRAME_HEAD = 24;

const plain = (page: Buffer, key: Buffer, first: boolean): Buffer => {
  const end = page.length - RESERVED;
  const cipher = createDecipheriv("aes-256-cbc", key, page.subarray(end, end + 16));
  cipher.setAutoPadding(false);
  return cipher.update(page.subarray(first ? SALT : 0, end));
};

const pagesOf = (file: string, key: Buffer): Buffer[] => {
  const bytes = readFileSync(file);
  const pages: Buffer[] = [];
  for (let at = 0; at + PAGE <= bytes.length; at += PAGE) {
    pages.push(plain(bytes.subarray(at, at + PAGE), key, at === 0));
  }
  return pages;
};

/** Every frame, also those of transactions long since checkpointed: their bytes are still there. */
const framesOf = (file: string, key: Buffer): Buffer[] => {
  const bytes = readFileSync(file);
  const frames: Buffer[] = [];
  const step = FRAME_HEAD + PAGE;
  for (let at = WAL_HEAD; at + step <= bytes.length; at += step) {
    const page = bytes.readUInt32BE(at);
    frames.push(plain(bytes.subarray(at + FRAME_HEAD, at + step), key, page === 1));
  }
  return frames;
};

/**
 * Whatever can be read in a device's folder by someone who has its key: every page of every
 * database, in use or not, and every frame of its log. Decrypted here by itself, since SQLite would
 * show only what it holds to be current.
 */
export const bytesOf = (folder: string, keyHex: string): string => {
  const key = Buffer.from(keyHex, "hex");
  const parts = readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    if (name.endsWith("-wal")) return framesOf(file, key);
    if (name.endsWith(".db")) return pagesOf(file, key);
    return name.endsWith("-shm") ? [] : [readFileSync(file)];
  });
  return Buffer.concat(parts).toString("latin1");
};
