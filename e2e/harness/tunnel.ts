import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { freePort } from "./ports.ts";

/** What ends a direction of a connection after so many bytes, and how. */
export interface Ending {
  bytes: number;
  /** Reset at once; closed as if all had been said; or open for ever, and silent. */
  how: "cut" | "truncate" | "stall";
}

/** What a connection suffers; an empty one is a good connection. */
export interface Fate {
  /** How long each piece is held back, ms. */
  delay?: number;
  /** From the client to the server. */
  up?: Ending;
  /** From the server to the client. */
  down?: Ending;
}

interface Pair {
  frozen: boolean;
  near: Socket;
  far: Socket;
}

/** A TCP way to the server that knows nothing of HTTP, and treats each connection as it is told. */
export class Tunnel {
  readonly url: string;
  /** What the next connection suffers. */
  fate: () => Fate = () => ({});
  /** How often each ending came about. */
  readonly ended = { cut: 0, truncate: 0, stall: 0 };
  readonly #target: URL;
  readonly #server: Server;
  readonly #open = new Set<Pair>();

  private constructor(port: number, target: string) {
    this.url = `http://127.0.0.1:${port}`;
    this.#target = new URL(target);
    this.#server = createServer((near) => this.#accept(near));
  }

  static async to(target: string): Promise<Tunnel> {
    const port = await freePort();
    const tunnel = new Tunnel(port, target);
    tunnel.#server.listen(port, "127.0.0.1");
    await once(tunnel.#server, "listening");
    return tunnel;
  }

  /** Half-opens what is open now: it stays so, and nothing more passes. Later ones are not touched. */
  freeze(): void {
    for (const pair of this.#open) pair.frozen = true;
  }

  /** Cuts whatever is open. */
  cutAll(): void {
    for (const { near, far } of this.#open) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  async close(): Promise<void> {
    this.cutAll();
    this.#server.close();
    await once(this.#server, "close");
  }

  #accept(near: Socket): void {
    const far = connect(Number(this.#target.port), this.#target.hostname);
    const pair: Pair = { near, far, frozen: false };
    const { delay = 0, up, down } = this.fate();
    this.#open.add(pair);
    for (const [from, to, ending] of [
      [near, far, up],
      [far, near, down],
    ] as const) {
      // Whatever ends one side, a reset or a refusal, ends the other.
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#open.delete(pair);
        if (!pair.frozen) to.end();
      });
      void this.#carry(pair, from, to, delay, ending ?? null).catch(() => to.destroy());
    }
  }

  async #carry(
    pair: Pair,
    from: Socket,
    to: Socket,
    delay: number,
    ending: Ending | null,
  ): Promise<void> {
    let left = ending?.bytes ?? Number.POSITIVE_INFINITY;
    for await (const piece of from as AsyncIterable<Buffer>) {
      if (delay > 0) await after(delay);
      // Read and let fall: the sender goes on believing that somebody hears it.
      if (pair.frozen) continue;
      to.write(piece.subarray(0, left));
      left -= piece.length;
      if (ending === null || left > 0) continue;
      this.ended[ending.how] += 1;
      if (ending.how === "stall") pair.frozen = true;
      else if (ending.how === "truncate") to.end(() => from.destroy());
      else {
        to.resetAndDestroy();
        from.resetAndDestroy();
      }
      left = Number.POSITIVE_INFINITY;
    }
    if (!pair.frozen) to.end();
  }
}
