import type { Store } from "../store/store.ts";

/** About what it costs this process to answer one pull, ms. */
const PULL_MS = 0.5;

/** Hears that a feed has grown to a position, or that something has left it there (S9). */
type Tell = (event: "head" | "revoked", seq: number) => void;

/** Who hears of one feed. */
interface Followers {
  tell: Set<Tell>;
  seq: number;
  toldAt: number;
  waiting: NodeJS.Timeout | null;
}

/**
 * Tells all who follow a feed how far it has grown. Each of them then pulls: while changes come
 * faster than all those pulls can be answered, several changes are told as one, so that who follows
 * never keeps this process from the writes. A change that comes by itself is told at once (S7), and
 * a revocation always, before anything else (S9).
 */
export class LiveHeads {
  readonly #feeds = new Map<string, Followers>();

  constructor(store: Store) {
    store.listen((heads) => {
      for (const [lens, { seq, revoked }] of Object.entries(heads)) {
        const feed = this.#feeds.get(lens);
        if (feed === undefined) continue;
        if (revoked) for (const tell of feed.tell) tell("revoked", seq);
        this.#grown(feed, seq);
      }
    });
  }

  /** Calls back with each new head of a feed. Returns how to stop. */
  follow(lens: string, tell: Tell): () => void {
    const feed = this.#feeds.get(lens) ?? { tell: new Set(), seq: 0, toldAt: 0, waiting: null };
    this.#feeds.set(lens, feed);
    feed.tell.add(tell);
    return () => {
      feed.tell.delete(tell);
      if (feed.tell.size > 0) return;
      if (feed.waiting !== null) clearTimeout(feed.waiting);
      this.#feeds.delete(lens);
    };
  }

  #grown(feed: Followers, seq: number): void {
    feed.seq = Math.max(feed.seq, seq);
    if (feed.waiting !== null) return;
    const wait = feed.toldAt + feed.tell.size * PULL_MS - performance.now();
    if (wait <= 1) this.#tell(feed);
    else feed.waiting = setTimeout(() => this.#tell(feed), wait).unref();
  }

  #tell(feed: Followers): void {
    feed.waiting = null;
    feed.toldAt = performance.now();
    for (const tell of feed.tell) tell("head", feed.seq);
  }
}
