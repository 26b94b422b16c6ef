import { createParser } from "eventsource-parser";
import type { z } from "zod";
import type { Failure } from "#shared/failure.ts";
import { LiveHead, LivePage } from "#shared/sync/wire.ts";
import type { ServerClient } from "./server-client.ts";

/** What the live stream tells. */
export interface LiveEars {
  connected(): void;
  /** The feed has grown to this position. */
  head(head: LiveHead): void;
  /** What came in the feed. */
  page(page: LivePage): void;
  /** Something was told that cannot be read: whatever it was, the server knows. */
  unclear(): void;
  /** Something has left the lens (S9). */
  revoked(): void;
  /** The viewer's role or standing is no longer what it was. */
  changed(): void;
  lost(failure: Failure | null): void;
}

const SILENCE_MS = 45_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Keeps one live stream open, and opens it again whenever it is lost, with growing pauses. A
 * connection that says nothing for too long is held to be dead: half-open ones look alive for ever.
 */
export class LiveStream {
  readonly #server: ServerClient;
  readonly #ears: LiveEars;
  #abort = new AbortController();
  #wake: (() => void) | null = null;
  #stopped = false;
  #wait = FIRST_WAIT_MS;

  constructor(server: ServerClient, ears: LiveEars) {
    this.#server = server;
    this.#ears = ears;
    void this.#keepOpen();
  }

  /** Tries at once instead of at the end of the pause. */
  retryNow(): void {
    this.#wait = FIRST_WAIT_MS;
    this.#wake?.();
  }

  stop(): void {
    this.#stopped = true;
    this.#abort.abort();
    this.#wake?.();
  }

  async #keepOpen(): Promise<void> {
    while (!this.#stopped) {
      this.#abort = new AbortController();
      const opened = await this.#server.live(this.#abort.signal);
      if (opened.ok) {
        this.#wait = FIRST_WAIT_MS;
        this.#ears.connected();
        await this.#read(opened.value);
      }
      if (this.#stopped) return;
      this.#ears.lost(opened.ok ? null : opened.error);
      await this.#pause();
    }
  }

  async #read(response: Response): Promise<void> {
    const parser = createParser({
      onEvent: ({ event, data }) => {
        if (event === "changed") this.#ears.changed();
        if (event === "revoked") this.#ears.revoked();
        if (event === "head") this.#tell(LiveHead, data, this.#ears.head);
        if (event === "page") this.#tell(LivePage, data, this.#ears.page);
      },
    });
    const decoder = new TextDecoder();
    let silence = setTimeout(() => this.#abort.abort(), SILENCE_MS);
    try {
      for await (const chunk of response.body ?? []) {
        clearTimeout(silence);
        silence = setTimeout(() => this.#abort.abort(), SILENCE_MS);
        parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
      }
    } catch {
      // The connection broke or was given up: the caller opens another.
    } finally {
      clearTimeout(silence);
    }
  }

  #tell<T>(schema: z.ZodType<T>, data: string, hear: (told: T) => void): void {
    const told = parsed(schema, data);
    if (told === null) this.#ears.unclear();
    else hear(told);
  }

  async #pause(): Promise<void> {
    const jitter = 0.7 + Math.random() * 0.6;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#wait * jitter);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }
}

const parsed = <T>(schema: z.ZodType<T>, data: string): T | null => {
  try {
    return schema.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
};
