import type { Store } from "../store/store.ts";

/** About what it costs this process to answer one pull, and to write one page to a stream, ms. */
const PULL_MS = 0.5;
const PAGE_MS = 0.1;

/** Someone who follows a feed. */
export interface Follower {
  /** The feed has grown to a position, or something has left it there (S9). */
  tell(event: "head" | "revoked", seq: number): void;
  /** The change itself. */
  page(bytes: Buffer): void;
  /** Whether it may be told anything just now; whoever says no says so to `again` once it may. */
  ready(): boolean;
}

/** The bytes of what came after a position, and how far they reach. */
export interface ToldPage {
  bytes: Buffer;
  seq: number;
}

/** Whose feed is followed: that of a tenant's lens. */
export interface Followed {
  lens: string;
  tenant: string;
}

/** Reads what came in a lens's feed after a position; null where it is not to be told this way. Never throws. */
export type ReadPage = (feed: Followed, after: number) => Promise<ToldPage | null>;

/** Who hears of one feed. */
interface Feed extends Followed {
  /** Each with the position up to which it was told. */
  followers: Map<Follower, number>;
  seq: number;
  /** The last position at which something left. */
  revoked: number;
  restUntil: number;
  telling: boolean;
  waiting: NodeJS.Timeout | null;
}

/**
 * Tells all who follow a feed what has come in it. What came after a position is read once, and the
 * same bytes go to all who stand there (S7); where it is too much, only the head is told, and each of
 * them pulls. While changes come faster than all of them can be told, several are told as one, so
 * that who follows never keeps this process from the writes. A change that comes by itself is told
 * at once, and a revocation always, before anything else (S9).
 */
export class LiveHeads {
  readonly #feeds = new Map<string, Feed>();
  readonly #read: ReadPage;

  constructor(store: Pick<Store, "listen">, read: ReadPage) {
    this.#read = read;
    store.listen((heads) => {
      for (const [lens, { seq, revoked }] of Object.entries(heads)) {
        const feed = this.#feeds.get(lens);
        if (feed === undefined) continue;
        feed.seq = Math.max(feed.seq, seq);
        if (revoked) {
          feed.revoked = Math.max(feed.revoked, seq);
          for (const follower of feed.followers.keys()) follower.tell("revoked", seq);
        }
        this.#grown(feed);
      }
    });
  }

  /** Tells of all that comes in a feed after `told`. Returns how to stop. */
  follow(followed: Followed, told: number, follower: Follower): () => void {
    const { lens } = followed;
    const feed = this.#feeds.get(lens) ?? {
      ...followed,
      ...{ followers: new Map(), seq: told, revoked: 0 },
      ...{ restUntil: 0, telling: false, waiting: null },
    };
    this.#feeds.set(lens, feed);
    feed.followers.set(follower, told);
    return () => {
      feed.followers.delete(follower);
      if (feed.followers.size > 0) return;
      if (feed.waiting !== null) clearTimeout(feed.waiting);
      if (this.#feeds.get(lens) === feed) this.#feeds.delete(lens);
    };
  }

  /** Someone who was not ready is: it is told what it has missed. */
  again(lens: string): void {
    const feed = this.#feeds.get(lens);
    if (feed !== undefined) this.#grown(feed);
  }

  #grown(feed: Feed): void {
    if (feed.waiting !== null || feed.telling || behind(feed).length === 0) return;
    const wait = feed.restUntil - performance.now();
    if (wait <= 1) void this.#tell(feed);
    else feed.waiting = setTimeout(() => void this.#tell(feed), wait).unref();
  }

  async #tell(feed: Feed): Promise<void> {
    feed.waiting = null;
    feed.telling = true;
    let cost = 0;
    const positions = Map.groupBy(behind(feed), ([, told]) => told);
    for (const [after, followers] of positions) {
      const page = await this.#page(feed, after);
      const to = page?.seq ?? feed.seq;
      for (const [follower] of followers) {
        // While the page was read it may have gone, or be no longer what it was.
        if (!feed.followers.has(follower) || !follower.ready()) continue;
        if (page === null) follower.tell("head", to);
        else follower.page(page.bytes);
        feed.followers.set(follower, to);
        cost += page === null ? PULL_MS : PAGE_MS;
      }
    }
    feed.restUntil = performance.now() + cost;
    feed.telling = false;
    this.#grown(feed);
  }

  /** Null also for what was read before the last revocation: it may hold what has left since. */
  async #page(feed: Feed, after: number): Promise<ToldPage | null> {
    const page = await this.#read(feed, after);
    return page === null || page.seq <= after || page.seq < feed.revoked ? null : page;
  }
}

/** Who has not been told all and may be, each with the position up to which it was told. */
const behind = ({ followers, seq }: Feed): [Follower, number][] =>
  [...followers].filter(([follower, told]) => told < seq && follower.ready());
