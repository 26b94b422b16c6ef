import { createHmac, pbkdf2Sync } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const PAGE = 4096;
const SALT = 16;
const TAG = 64;
/** An IV and an authentication tag end every page. */
const RESERVED = 16 + TAG;
/** Damage rarely reaches all of these; a wrong key opens none. */
const PAGES_TRIED = 16;

/**
 * Whether this raw key authenticates any of the first pages of an SQLCipher 4 file. It tells a
 * damaged file (some page opens) from a wrong key (none does); a file whose first 16 bytes, the
 * salt, are damaged counts as a wrong key, since nothing tells the two apart.
 */
export function keyOpensSomePage(file: string, keyHex: string): boolean {
  let handle: number | undefined;
  try {
    handle = openSync(file, "r");
    const pages = Math.min(PAGES_TRIED, Math.floor(fstatSync(handle).size / PAGE));
    const page = Buffer.alloc(PAGE);
    let tagKey: Buffer | undefined;
    for (let n = 1; n <= pages; n++) {
      if (readSync(handle, page, 0, PAGE, (n - 1) * PAGE) !== PAGE) return false;
      tagKey ??= tagKeyOf(keyHex, page.subarray(0, SALT));
      const number = Buffer.alloc(4);
      number.writeUInt32LE(n);
      const tag = createHmac("sha512", tagKey)
        .update(page.subarray(n === 1 ? SALT : 0, PAGE - RESERVED + 16))
        .update(number)
        .digest();
      if (tag.equals(page.subarray(PAGE - TAG))) return true;
    }
    return false;
  } catch {
    return false;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** SQLCipher 4 derives the key of the page tags from the page key in two rounds. */
function tagKeyOf(keyHex: string, salt: Buffer): Buffer {
  const tagSalt = Buffer.from(salt.map((byte) => byte ^ 0x3a));
  return pbkdf2Sync(Buffer.from(keyHex, "hex"), tagSalt, 2, 32, "sha512");
}
