import type { Store } from "../store/store.ts";
import type { FeedPage } from "./pull.ts";

/** Bytes of pages that are kept for each store: some whole pages of a first sync, or many small ones. */
const ROOM = 32 * 2 ** 20;

/** What a page takes beside its records, about, bytes. */
const AROUND = 1024;

interface Kept {
  /** The head of the feed as of which the page was read. */
  head: number;
  page: Promise<FeedPage>;
  bytes: number;
}

/**
 * Pages of feeds, as they were last told. All who look through a lens are told the same (S7), and
 * after a change all who had caught up ask for the same page: it is read and put into bytes once. A
 * page is good as long as its feed has not grown, which whoever asks has looked up before.
 */
export class PageCache {
  static readonly #of = new WeakMap<Store, PageCache>();
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  /** The pages of a store. */
  static of(store: Store): PageCache {
    const known = PageCache.#of.get(store) ?? new PageCache();
    PageCache.#of.set(store, known);
    return known;
  }

  /** The page called `key` as of `head`: the one that is kept, or being read, or what `read` reads. */
  page(key: string, head: number, read: () => Promise<FeedPage>): Promise<FeedPage> {
    const known = this.#kept.get(key);
    this.#forget(key);
    const kept = known?.head === head ? known : { head, page: read(), bytes: 0 };
    this.#keep(key, kept);
    if (kept !== known) {
      kept.page.then(
        (page) => {
          if (this.#kept.get(key) !== kept) return;
          this.#forget(key);
          this.#keep(key, {
            head: page.head,
            page: kept.page,
            bytes: page.records.length + AROUND,
          });
        },
        () => {
          if (this.#kept.get(key) === kept) this.#forget(key);
        },
      );
    }
    return kept.page;
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.set(key, kept);
    this.#bytes += kept.bytes;
    // What was asked for longest ago goes first.
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= ROOM) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }
}
