import { headOf, Listener } from "./fan/listener.ts";
import { type Writing, write } from "./fan/writer.ts";
import { answer } from "./lib/answer.ts";

/** Many light clients of a server, or the one who writes, in a process of its own. */
let listeners: Listener[] = [];
/** For the n-th write after the start: when the last client had it, and how many have it. */
let last: number[] = [];
let having: number[] = [];

const handlers = {
  /** Opens `count` clients for each of `who`, and waits until all of them hear. */
  listen: async ({ url, who, count }: { url: string; who: string[]; count: number }) => {
    for (const each of who) {
      const start = await headOf(url, each);
      const opening = Array.from({ length: count }, () => {
        let had = 0;
        return Listener.open(url, each, start, (seq, at) => {
          for (let n = had; n < seq - start.seq; n += 1) {
            last[n] = at;
            having[n] = (having[n] ?? 0) + 1;
          }
          had = seq - start.seq;
        });
      });
      listeners.push(...(await Promise.all(opening)));
    }
  },

  /** When the last client had each of `count` writes, once all have all. */
  arrivals: async ({ count }: { count: number }) => {
    while ((having[count - 1] ?? 0) < listeners.length) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return {
      last,
      pages: listeners.reduce((sum, { pages }) => sum + pages, 0),
      pulls: listeners.reduce((sum, { pulls }) => sum + pulls, 0),
    };
  },

  /** Lets all clients go. */
  leave: () => {
    for (const listener of listeners) listener.close();
    listeners = [];
    last = [];
    having = [];
  },

  /** Where the writer's feed stands. */
  head: ({ url, who }: { url: string; who: string }) => headOf(url, who),
  write: (writing: Writing) => write(writing),
};

export type FanHandlers = typeof handlers;

answer(handlers, () => handlers.leave());
