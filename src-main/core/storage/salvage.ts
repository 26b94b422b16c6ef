import { readerOf } from "./raw-pages.ts";
import { Snapshot } from "./snapshot.ts";
import { lastTextsOn } from "./table-rows.ts";

/** What could be read of a damaged file. */
export interface Salvage {
  /** Every document on a page that is whole, wherever it lies, of whatever collection. */
  readonly documents: Record<string, unknown>[];
  /** Pages that are not as they were written: what was on them is not known. */
  readonly unreadable: number;
}

/**
 * Reads the documents of a file that SQLite may refuse, page by page: one that cannot be read costs
 * what is on it and nothing else. `wanted` says from a document's JSON whether to take it.
 */
export function salvage(file: string, keyHex: string, wanted: (json: string) => boolean): Salvage {
  const documents: Record<string, unknown>[] = [];
  const reader = readerOf(file, keyHex);
  if (reader === null) return { documents, unreadable: 1 };
  const snapshot = new Snapshot(file, reader);
  let unreadable = 0;
  try {
    const free = snapshot.freePages();
    for (let number = 1; number <= snapshot.count; number++) {
      const page = snapshot.page(number);
      if (page === null) unreadable += free.has(number) ? 0 : 1;
      else {
        for (const text of lastTextsOn(snapshot, number, page)) {
          if (text?.startsWith("{") && wanted(text)) documents.push(JSON.parse(text));
        }
      }
    }
  } finally {
    snapshot.close();
  }
  return { documents, unreadable };
}
