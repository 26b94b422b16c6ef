import { pagesOf, readerOf } from "./raw-pages.ts";

/** Damage rarely reaches all of these; a wrong key opens none. */
const PAGES_TRIED = 16;

/**
 * Whether this raw key authenticates any of the first pages of an SQLCipher 4 file. It tells a
 * damaged file (some page opens) from a wrong key (none does); a file whose first 16 bytes, the
 * salt, are damaged counts as a wrong key, since nothing tells the two apart.
 */
export function keyOpensSomePage(file: string, keyHex: string): boolean {
  try {
    const reader = readerOf(file, keyHex);
    if (reader === null) return false;
    for (const { number, bytes } of pagesOf(file, reader)) {
      if (bytes !== null) return true;
      if (number >= PAGES_TRIED) return false;
    }
    return false;
  } catch {
    return false;
  }
}
