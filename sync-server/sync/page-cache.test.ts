import { expect, test } from "vitest";
import type { Store } from "../store/store.ts";
import { PageCache } from "./page-cache.ts";
import type { FeedPage } from "./pull.ts";

const page = (head: number, bytes = 10): FeedPage => ({
  reset: false,
  records: Buffer.alloc(bytes),
  checkpoint: { epoch: "e", lens: "l", seq: head },
  head,
  more: false,
  sums: null,
});

/** Counts how often a page is read. */
const reading = (head: number, bytes?: number) => {
  const read = { times: 0, page: async () => page(head, bytes) };
  return {
    read: () => {
      read.times += 1;
      return read.page();
    },
    get times() {
      return read.times;
    },
  };
};

test("[S7] all who ask for the same page at once are told what was read once", async () => {
  const cache = PageCache.of({} as Store);
  const from = reading(3);
  const told = await Promise.all([1, 2, 3].map(() => cache.page("lens 0", 3, from.read)));
  expect(from.times).toBe(1);
  expect(new Set(told).size).toBe(1);
});

test("[S7] a page is not told any more once its feed has grown", async () => {
  const cache = PageCache.of({} as Store);
  await cache.page("lens 0", 3, reading(3).read);
  const grown = reading(4);
  expect((await cache.page("lens 0", 4, grown.read)).head).toBe(4);
  expect(grown.times).toBe(1);
});

test("a page that could not be read is tried again", async () => {
  const cache = PageCache.of({} as Store);
  const failing = () => Promise.reject(new Error("the store is away"));
  await expect(cache.page("lens 0", 3, failing)).rejects.toThrow("away");
  expect((await cache.page("lens 0", 3, reading(3).read)).head).toBe(3);
});

test("pages that were asked for longest ago make room", async () => {
  const cache = PageCache.of({} as Store);
  const first = reading(1, 20 * 2 ** 20);
  await cache.page("lens 0", 1, first.read);
  await cache.page("lens 1", 1, reading(1, 20 * 2 ** 20).read);
  await cache.page("lens 0", 1, first.read);
  expect(first.times).toBe(2);
});
