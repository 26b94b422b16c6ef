import type { ClientLink } from "@orpc/client";
import { useConnection } from "./connection.ts";

/** A transport's link, as calls go through it. */
export type Called = ClientLink<Record<never, never>>;

/** Lost for longer than this, the engine counts as stopped. */
const STOPPED_AFTER = 6000;

/** A call made while the way is broken waits this long for it to be mended. */
const CALL_WAITS = 8000;

/** The way to the core: the open link, and how a broken one is mended. */
export class PathToCore {
  private current: Called | null = null;
  private waiting = new Set<(link: Called) => void>();
  private reopen: () => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lostSince: number | null = Date.now();
  private tries = 0;

  /** Begins to open ways with `reopen`, each of which ends in {@link opened} or {@link closed}. */
  start(reopen: () => void): void {
    this.reopen = reopen;
    useConnection.setState({ retry: () => this.tryNow() });
    this.tryNow();
  }

  /** A way is open: whoever waits goes on. */
  opened(link: Called): void {
    clearTimeout(this.timer);
    this.current = link;
    this.lostSince = null;
    this.tries = 0;
    for (const go of this.waiting) go(link);
    this.waiting.clear();
    useConnection.setState({ way: "open" });
  }

  /** The way `link` has closed, or (null) could not be opened: the next is tried, ever less often. */
  closed(link: Called | null): void {
    if (this.current !== link && this.current !== null) return;
    this.current = null;
    this.lostSince ??= Date.now();
    const stopped = Date.now() - this.lostSince > STOPPED_AFTER;
    useConnection.setState(({ way }) => ({
      way: stopped ? "stopped" : way === "connecting" ? way : "lost",
    }));
    this.tries += 1;
    this.schedule(Math.min(150 * 2 ** this.tries, stopped ? 5000 : 1500));
  }

  /** The open link, or the next one. Gives up with an error when none comes. */
  link(signal: AbortSignal | undefined): Promise<Called> {
    if (this.current !== null) return Promise.resolve(this.current);
    return new Promise((resolve, reject) => {
      const leave = (reason: string) => {
        this.waiting.delete(go);
        clearTimeout(timer);
        reject(new Error(reason));
      };
      const timer = setTimeout(() => leave("the core cannot be reached"), CALL_WAITS);
      const go = (link: Called) => {
        clearTimeout(timer);
        resolve(link);
      };
      this.waiting.add(go);
      signal?.addEventListener("abort", () => leave("nobody waits any more"), { once: true });
    });
  }

  private tryNow(): void {
    this.reopen();
    // A way that says nothing at all counts as one that could not be opened.
    this.schedule(3000);
  }

  private schedule(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.current !== null) return;
      if (this.lostSince !== null && Date.now() - this.lostSince > STOPPED_AFTER) {
        useConnection.setState({ way: "stopped" });
      }
      this.tryNow();
    }, ms);
  }
}
