import { USABLE } from "./raw-pages.ts";
import type { Snapshot } from "./snapshot.ts";

/** A leaf of a table's tree; nothing else holds rows. */
const TABLE_LEAF = 0x0d;
const FILE_HEADER = 100;
const LEAF_HEADER = 8;
/** SQLite's file format: how much of a long row lies in its leaf, the rest being in a chain of pages. */
const MOST_IN_LEAF = USABLE - 35;
const LEAST_IN_LEAF = Math.floor(((USABLE - 12) * 32) / 255) - 23;

/** A row's last column as text; null where a page it needs cannot be read. */
export type LastText = string | null;

/** The last columns, where they are text, of all rows on one page. */
export function lastTextsOn(snapshot: Snapshot, number: number, page: Buffer): LastText[] {
  const start = number === 1 ? FILE_HEADER : 0;
  if (page[start] !== TABLE_LEAF) return [];
  const cells = page.readUInt16BE(start + 3);
  const texts: LastText[] = [];
  for (let n = 0; n < cells; n++) {
    const payload = payloadAt(snapshot, page, page.readUInt16BE(start + LEAF_HEADER + 2 * n));
    if (payload === null) texts.push(null);
    else texts.push(...lastTextOf(payload));
  }
  return texts;
}

function payloadAt(snapshot: Snapshot, page: Buffer, at: number): Buffer | null {
  const [length, afterLength] = varint(page, at);
  const [, begin] = varint(page, afterLength);
  if (length <= MOST_IN_LEAF) return page.subarray(begin, begin + length);
  const tail = LEAST_IN_LEAF + ((length - LEAST_IN_LEAF) % (USABLE - 4));
  const inLeaf = tail <= MOST_IN_LEAF ? tail : LEAST_IN_LEAF;
  const parts = [page.subarray(begin, begin + inLeaf)];
  let next = page.readUInt32BE(begin + inLeaf);
  for (let missing = length - inLeaf; missing > 0; missing -= USABLE - 4) {
    const more = next > 0 && next <= snapshot.count ? snapshot.page(next) : null;
    if (more === null) return null;
    parts.push(more.subarray(4, 4 + Math.min(missing, USABLE - 4)));
    next = more.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** The last column, where it is text. */
function lastTextOf(payload: Buffer): string[] {
  const [headerLength, first] = varint(payload, 0);
  let last = 0;
  for (let at = first; at < headerLength; ) [last, at] = varint(payload, at);
  const isText = last >= 13 && last % 2 === 1;
  return isText ? [payload.toString("utf8", payload.length - (last - 13) / 2)] : [];
}

/** SQLite's integer of one to nine bytes, and where it ends. */
function varint(bytes: Buffer, at: number): [value: number, end: number] {
  let value = 0;
  for (let n = 0; n < 8; n++) {
    const byte = bytes[at + n] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return [value, at + n + 1];
  }
  return [value * 256 + (bytes[at + 8] ?? 0), at + 9];
}
