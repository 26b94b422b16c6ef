import { once } from "node:events";
import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type Server,
} from "node:http";
import { setTimeout as after } from "node:timers/promises";
import { freePort } from "./ports.ts";

/** The line between a client and the server: keeps what comes down it, and can be slow, dead or cut. */
export class Line {
  readonly url: string;
  /** Waits so long before each request goes on, ms. */
  latency = 0;
  /** Nothing passes. */
  dead = false;
  /** The next answer to a path that ends so is cut off in its middle, after the server has sent it. */
  cutNext: string | null = null;
  cuts = 0;
  readonly #target: URL;
  readonly #server: Server;
  readonly #received: Buffer[] = [];
  readonly #open = new Set<ClientRequest>();

  private constructor(port: number, target: string) {
    this.url = `http://127.0.0.1:${port}`;
    this.#target = new URL(target);
    this.#server = createServer((incoming, outgoing) => {
      void this.#pass(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  static async to(target: string): Promise<Line> {
    const port = await freePort();
    const line = new Line(port, target);
    line.#server.listen(port, "127.0.0.1");
    await once(line.#server, "listening");
    return line;
  }

  /** Every byte that came down the line: bodies as they were before any transfer coding, and heads. */
  get received(): string {
    return Buffer.concat(this.#received).toString("utf8");
  }

  /** Drops what is open, as a phone does in a tunnel. */
  drop(): void {
    this.#server.closeAllConnections();
    for (const each of this.#open) each.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #pass(
    incoming: IncomingMessage,
    outgoing: Parameters<NonNullable<Parameters<typeof createServer>[1]>>[1],
  ): Promise<void> {
    if (this.latency > 0) await after(this.latency);
    if (this.dead) return void outgoing.destroy();
    const { method, url, headers } = incoming;
    const { hostname, port } = this.#target;
    const on = request({
      ...{ hostname, port, method, path: url },
      headers: { ...headers, host: this.#target.host, "accept-encoding": "identity" },
    });
    this.#open.add(on);
    on.once("close", () => this.#open.delete(on));
    outgoing.once("close", () => on.destroy());
    incoming.pipe(on);
    const [answer] = (await once(on, "response")) as [IncomingMessage];
    this.#received.push(Buffer.from(JSON.stringify(answer.headers)));
    const cut = this.cutNext !== null && (url ?? "").endsWith(this.cutNext);
    if (cut) return this.#cut(answer, outgoing);
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    for await (const part of answer) {
      this.#received.push(part);
      outgoing.write(part);
    }
    outgoing.end();
  }

  async #cut(
    answer: IncomingMessage,
    outgoing: Parameters<NonNullable<Parameters<typeof createServer>[1]>>[1],
  ): Promise<void> {
    this.cutNext = null;
    this.cuts += 1;
    const parts = await answer.toArray();
    const whole = Buffer.concat(parts as Buffer[]);
    this.#received.push(whole);
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.write(whole.subarray(0, Math.floor(whole.length / 2)), () => outgoing.destroy());
  }
}
