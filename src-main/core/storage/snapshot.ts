import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { framesOf, PAGE, type PageReader, USABLE } from "./raw-pages.ts";

/** The pages of a file as its last committed transaction left them, log included, without SQLite. */
export class Snapshot {
  readonly #handle: number;
  readonly #reader: PageReader;
  readonly #logged = new Map<number, Buffer | null>();
  /** How many pages there are. */
  readonly count: number;

  constructor(file: string, reader: PageReader) {
    this.#reader = reader;
    this.#handle = openSync(file, "r");
    let open = new Map<number, Buffer | null>();
    for (const { number, bytes, commits } of framesOf(file, reader)) {
      open.set(number, bytes);
      if (!commits) continue;
      for (const [page, newest] of open) this.#logged.set(page, newest);
      open = new Map();
    }
    const inFile = Math.ceil(fstatSync(this.#handle).size / PAGE);
    this.count = [...this.#logged.keys()].reduce((a, b) => Math.max(a, b), inFile);
  }

  /** A page in plain, or null where it is not as it was written. */
  page(number: number): Buffer | null {
    const logged = this.#logged.get(number);
    if (logged !== undefined) return logged;
    const page = Buffer.alloc(PAGE);
    const length = readSync(this.#handle, page, 0, PAGE, (number - 1) * PAGE);
    return length === PAGE ? this.#reader.decrypt(page, number) : null;
  }

  /**
   * The pages that nothing lies on (SQLite's freelist), as far as it can be read. One of them may
   * never have been written, and so be none that can be read.
   */
  freePages(): ReadonlySet<number> {
    const free = new Set<number>();
    let trunk = this.page(1)?.readUInt32BE(32) ?? 0;
    while (trunk > 0 && trunk <= this.count && !free.has(trunk)) {
      free.add(trunk);
      const page = this.page(trunk);
      if (page === null) break;
      const leaves = Math.min(page.readUInt32BE(4), USABLE / 4 - 2);
      for (let n = 0; n < leaves; n++) free.add(page.readUInt32BE(8 + 4 * n));
      trunk = page.readUInt32BE(0);
    }
    return free;
  }

  close(): void {
    closeSync(this.#handle);
  }
}
