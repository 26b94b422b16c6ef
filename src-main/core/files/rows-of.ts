import { ROW_BYTES } from "./file-table.ts";

/** Bytes that come as they come, cut into rows of {@link ROW_BYTES}; only the last may be shorter. */
export async function* rowsOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let row = new Uint8Array(ROW_BYTES);
  let filled = 0;
  for await (const piece of source) {
    for (let at = 0; at < piece.byteLength; ) {
      const part = piece.subarray(at, at + ROW_BYTES - filled);
      row.set(part, filled);
      filled += part.byteLength;
      at += part.byteLength;
      if (filled === ROW_BYTES) {
        yield row;
        row = new Uint8Array(ROW_BYTES);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield row.subarray(0, filled);
}
