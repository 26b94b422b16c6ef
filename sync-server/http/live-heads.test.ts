import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Store } from "../store/store.ts";
import { type Follower, LiveHeads, type ReadPage } from "./live-heads.ts";

type OnHeads = Parameters<Store["listen"]>[0];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const FEED = { lens: "lens", tenant: "tenant" };

/** A feed whose growth is announced, and of which every page is read from where it is announced to be. */
const announcing = (read?: ReadPage) => {
  let onHeads: OnHeads = () => {};
  let head = 0;
  const store = {
    listen: (hears: OnHeads) => {
      onHeads = hears;
      return () => {};
    },
  };
  const reads: number[] = [];
  const heads = new LiveHeads(store, async (lens, after) => {
    reads.push(after);
    return read ? read(lens, after) : { bytes: Buffer.from(`${after}-${head}`), seq: head };
  });
  const grow = async (seq: number, revoked = false) => {
    head = seq;
    onHeads({ lens: { seq, revoked } }, []);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { heads, grow, reads };
};

const listening = () => {
  const heard: string[] = [];
  const pages: Buffer[] = [];
  const follower: Follower & { open: boolean } = {
    open: true,
    ready: () => follower.open,
    tell: (event: string, seq: number) => void heard.push(`${event} ${seq}`),
    page: (bytes: Buffer) => {
      pages.push(bytes);
      heard.push(`page ${bytes}`);
    },
  };
  return { follower, heard, pages };
};

const follow = (heads: LiveHeads, count: number) => {
  const all = Array.from({ length: count }, listening);
  for (const { follower } of all) heads.follow(FEED, 0, follower);
  return all;
};

test("[S7] what comes is read once, and all who stand at one position hear the same bytes", async () => {
  const { heads, grow, reads } = announcing();
  const [one, other] = follow(heads, 2);
  const late = listening();
  await grow(3);
  heads.follow(FEED, 2, late.follower);
  await vi.advanceTimersByTimeAsync(1000);
  await grow(4);
  expect(one?.heard).toEqual(["page 0-3", "page 3-4"]);
  expect(other?.pages[0]).toBe(one?.pages[0]);
  expect(late.heard).toEqual(["page 2-4"]);
  expect(reads).toEqual([0, 3, 2]);
});

test("[S7] a change that comes by itself is told at once, and a burst to many as one", async () => {
  const { heads, grow } = announcing();
  const [one] = follow(heads, 2000);
  await grow(1);
  expect(one?.heard).toEqual(["page 0-1"]);
  for (const seq of [2, 3, 4]) await grow(seq);
  expect(one?.heard).toEqual(["page 0-1"]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(one?.heard).toEqual(["page 0-1", "page 1-4"]);
  await grow(5);
  expect(one?.heard.at(-1)).toBe("page 4-5");
});

test("[S7] what is too much for a page, or cannot be read, is told by its head alone", async () => {
  const { heads, grow } = announcing(async () => null);
  const [one] = follow(heads, 1);
  await grow(1);
  await vi.advanceTimersByTimeAsync(1000);
  await grow(2);
  expect(one?.heard).toEqual(["head 1", "head 2"]);
});

test("[S9] a revocation waits for nothing, and is told before what came with it", async () => {
  const { heads, grow } = announcing();
  const [one] = follow(heads, 2000);
  await grow(1);
  await grow(2, true);
  expect(one?.heard).toEqual(["page 0-1", "revoked 2"]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(one?.heard.at(-1)).toBe("page 1-2");
});

test("[S9] a page that was read before something left is told to nobody after it", async () => {
  let answer: (page: { bytes: Buffer; seq: number }) => void = () => {};
  const { heads, grow } = announcing(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const [one] = follow(heads, 1);
  await grow(1);
  await grow(2, true);
  answer({ bytes: Buffer.from("old"), seq: 1 });
  await vi.advanceTimersByTimeAsync(0);
  expect(one?.heard).toEqual(["revoked 2", "head 2"]);
});

test("[S9] who is not known to be what it was is told nothing, and later what it missed", async () => {
  let answer: () => void = () => {};
  const { heads, grow } = announcing(
    (_lens, after) =>
      new Promise((resolve) => {
        answer = () => resolve({ bytes: Buffer.from(`after ${after}`), seq: 1 });
      }),
  );
  const [one, other] = follow(heads, 2);
  await grow(1);
  if (one) one.follower.open = false;
  answer();
  await vi.advanceTimersByTimeAsync(1000);
  expect([one?.heard, other?.heard]).toEqual([[], ["page after 0"]]);
  if (one) one.follower.open = true;
  heads.again("lens");
  answer();
  await vi.advanceTimersByTimeAsync(1000);
  expect([one?.heard, other?.heard]).toEqual([["page after 0"], ["page after 0"]]);
});

test("who has left hears nothing more", async () => {
  const { heads, grow } = announcing();
  const { follower, heard } = listening();
  const stop = heads.follow(FEED, 0, follower);
  stop();
  await grow(1);
  expect(heard).toEqual([]);
});
