import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Store } from "../store/store.ts";
import { LiveHeads } from "./live-heads.ts";

type OnHeads = Parameters<Store["listen"]>[0];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A store that says only that feeds have grown. */
const announcing = () => {
  let onHeads: OnHeads = () => {};
  const listen = (hears: OnHeads) => {
    onHeads = hears;
    return () => {};
  };
  const heads = new LiveHeads({ listen } as Store);
  const grow = (seq: number, revoked = false) => onHeads({ lens: { seq, revoked } }, []);
  return { heads, grow };
};

const follow = (heads: LiveHeads, count: number): string[] => {
  const heard: string[] = [];
  for (let n = 0; n < count; n += 1) {
    heads.follow("lens", (event, seq) => void (n === 0 && heard.push(`${event} ${seq}`)));
  }
  return heard;
};

test("[S7] a change that comes by itself is told at once, and a burst to many as one", () => {
  const { heads, grow } = announcing();
  const heard = follow(heads, 400);
  vi.advanceTimersByTime(1000);
  grow(1);
  expect(heard).toEqual(["head 1"]);
  for (const seq of [2, 3, 4]) grow(seq);
  expect(heard).toEqual(["head 1"]);
  vi.advanceTimersByTime(1000);
  expect(heard).toEqual(["head 1", "head 4"]);
  grow(5);
  expect(heard.at(-1)).toBe("head 5");
});

test("[S9] a revocation waits for nothing, and is told before the head", () => {
  const { heads, grow } = announcing();
  const heard = follow(heads, 400);
  vi.advanceTimersByTime(1000);
  grow(1);
  grow(2, true);
  expect(heard).toEqual(["head 1", "revoked 2"]);
  vi.advanceTimersByTime(1000);
  expect(heard.at(-1)).toBe("head 2");
});

test("who has left hears nothing more", () => {
  const { heads, grow } = announcing();
  const heard: number[] = [];
  const stop = heads.follow("lens", (_event, seq) => void heard.push(seq));
  stop();
  grow(1);
  expect(heard).toEqual([]);
});
