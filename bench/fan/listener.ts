import { Agent, request } from "node:http";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { type Checkpoint, type MeResponse, routes } from "#shared/sync/wire.ts";
import { post } from "../bare/pull.ts";
import { clockMs } from "../lib/answer.ts";

/** As many records in one page as the core asks for. */
const LIMIT = 2500;

/**
 * As little of a device as hears of changes: the live stream, whose pages it takes where they join on
 * to what it has, and else one pull at a time, over connections that stay open. Of a page it reads
 * only from where to where it reaches.
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
  pages = 0;

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
        response.setEncoding("latin1").on("error", () => {});
        let text = "";
        response.on("data", (chunk: string) => {
          text += chunk;
          for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
            this.#hear(text.slice(0, Math.min(end, 1000)));
            text = text.slice(end + 2);
          }
          resolve();
        });
      });
      asked.end();
    });
  }

  #hear(event: string): void {
    const [, seq] = /"seq":(\d+)/.exec(event) ?? [];
    if (seq === undefined) return;
    this.#head = Math.max(this.#head, Number(seq));
    const [, after] = /"after":(\d+)/.exec(event) ?? [];
    if (after !== undefined && !this.#asking && Number(after) <= this.#checkpoint.seq) {
      this.pages += 1;
      this.#reach(this.#head);
    }
    this.#pullIfBehind();
  }

  #reach(seq: number): void {
    this.#checkpoint = { ...this.#checkpoint, seq };
    this.#reached(seq, clockMs());
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
        this.#asking = false;
        this.#reach(Number(seq ?? this.#checkpoint.seq));
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
