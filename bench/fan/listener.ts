import { Agent, request } from "node:http";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { type Checkpoint, type MeResponse, routes } from "#shared/sync/wire.ts";
import { post } from "../bare/pull.ts";
import { clockMs } from "../lib/answer.ts";

/** As many records in one page as the core asks for. */
const LIMIT = 2500;

/**
 * As little of a device as hears of changes and fetches them: the live stream, and one pull at a time,
 * over connections that stay open. Of an answer it reads only how far it reaches.
 */
export class Listener {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  /** Told when it has everything up to a position of its feed. */
  readonly #reached: (seq: number, at: number) => void;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #stream = new AbortController();
  #checkpoint: Checkpoint;
  #head = 0;
  #asking = false;
  pulls = 0;

  private constructor(
    url: string,
    who: string,
    checkpoint: Checkpoint,
    reached: (seq: number, at: number) => void,
  ) {
    this.#url = url;
    this.#headers = { authorization: `Bearer ${who}`, "content-type": "application/json" };
    this.#checkpoint = checkpoint;
    this.#reached = reached;
  }

  /** Opens the stream of someone who has everything already. */
  static async open(
    url: string,
    who: string,
    start: Checkpoint,
    reached: (seq: number, at: number) => void,
  ): Promise<Listener> {
    const listener = new Listener(url, who, start, reached);
    await listener.#listen();
    return listener;
  }

  close(): void {
    this.#stream.abort();
    this.#agent.destroy();
  }

  #listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      const asked = request(new URL(routes.live, this.#url), {
        headers: this.#headers,
        agent: false,
        signal: this.#stream.signal,
      });
      asked.on("error", (error) => {
        if (!this.#stream.signal.aborted) reject(error);
      });
      asked.on("response", (response) => {
        response.setEncoding("utf8").on("error", () => {});
        response.on("data", (text: string) => {
          const last = text.lastIndexOf('"seq":');
          if (last < 0) return;
          this.#head = Math.max(this.#head, Number.parseInt(text.slice(last + 6), 10));
          this.#pullIfBehind();
          resolve();
        });
      });
      asked.end();
    });
  }

  #pullIfBehind(): void {
    if (this.#asking || this.#head <= this.#checkpoint.seq) return;
    this.#asking = true;
    this.pulls += 1;
    const asked = request(new URL(routes.pull, this.#url), {
      method: "POST",
      headers: this.#headers,
      agent: this.#agent,
    });
    asked.on("error", () => {
      this.#asking = false;
    });
    asked.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const text = Buffer.concat(parts).toString("latin1", 0, 2000);
        const [, seq] = /"checkpoint":\{[^}]*"seq":(\d+)/.exec(text) ?? [];
        this.#checkpoint = { ...this.#checkpoint, seq: Number(seq ?? this.#checkpoint.seq) };
        this.#asking = false;
        this.#reached(this.#checkpoint.seq, clockMs());
        this.#pullIfBehind();
      });
    });
    asked.end(JSON.stringify({ protocol: PROTOCOL, after: this.#checkpoint, limit: LIMIT }));
  }
}

/** Where someone's feed ends now: who has all of it begins there. */
export const headOf = async (url: string, who: string): Promise<Checkpoint> => {
  const response = await fetch(new URL(routes.me, url), {
    headers: { authorization: `Bearer ${who}` },
  });
  const { epoch, lens } = (await response.json()) as MeResponse;
  const { head } = await post<{ head: number }>(url, who, routes.pull, {
    protocol: PROTOCOL,
    after: { epoch, lens, seq: 0 },
    limit: 1,
  });
  return { epoch, lens, seq: head };
};
