import type { Readable } from "node:stream";
import { fail } from "#shared/failure.ts";
import { routes } from "#shared/sync/wire.ts";
import { Dice } from "../engine/dice.ts";
import type { SimServer } from "./server.ts";
import { fair, type Weather } from "./weather.ts";

/** A request on its way from a device to the server. */
export interface Request {
  who: string;
  /** The device it comes from, by name. */
  from: string;
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** What the server answered. */
export interface Answer {
  status: number;
  text: string;
}

/** The server, as all lines reach it: what it says to whom is heard in one place. */
export interface Exchange {
  ask(request: Request): Promise<Answer>;
  /** A live stream said something. */
  told(request: Request, text: string): void;
}

const broken = () => new TypeError("the connection broke");
const json = { "content-type": "application/json" };

/** One device's line to the server: up or down, in fair weather or foul. */
export class Line {
  readonly #server: SimServer;
  readonly #exchange: Exchange;
  readonly #dice: Dice;
  readonly #breaks = new Set<(error: Error) => void>();
  /** Whether anything gets through at all. */
  up = true;
  #weather: Weather = fair;
  /** Whether its weather was ever anything but fair. */
  wasFoul = false;

  constructor(server: SimServer, exchange: Exchange, seed: number) {
    this.#server = server;
    this.#exchange = exchange;
    this.#dice = new Dice(seed, 0x11e);
  }

  get weather(): Weather {
    return this.#weather;
  }

  set weather(weather: Weather) {
    this.#weather = weather;
    if (weather !== fair) this.wasFoul = true;
  }

  /** Everything on its way is broken off. */
  break(): void {
    for (const each of [...this.#breaks]) each(broken());
  }

  /** As a device's `fetch`. */
  async fetch(
    { who, name }: { who: string; name: string },
    url: URL,
    init: RequestInit,
  ): Promise<Response> {
    const signal = init.signal ?? new AbortController().signal;
    const request: Request = {
      who,
      from: name,
      method: init.method === "GET" ? "GET" : "POST",
      path: url.pathname,
      headers: init.headers as Record<string, string>,
      body: typeof init.body === "string" ? init.body : undefined,
    };
    return this.#orBroken(signal, (ended) =>
      request.path === routes.live
        ? this.#live(request, ended, signal)
        : this.#whole(request, ended),
    );
  }

  async #whole(request: Request, ended: AbortSignal): Promise<Response> {
    const { weather } = this;
    const happens = (p: number) => p > 0 && this.#dice.chance(p);
    await this.#travel();
    if (!this.up) throw broken();
    if (ended.aborted || happens(weather.lost)) return this.#nothing();
    if (happens(weather.proxy)) return new Response("<h1>Bad gateway</h1>", { status: 503 });
    if (happens(weather.failed)) return this.#refusal(fail("server-failed"), 503);
    if (happens(weather.refused)) return this.#refusal(fail("token-rejected"), 401);
    const asked = this.#server.running;
    if (asked === null) throw broken();
    if (happens(weather.doubled)) void this.#later(request);
    const answer = await this.#exchange.ask(request);
    await this.#travel();
    if (!this.up || ended.aborted || this.#server.running !== asked) throw broken();
    if (happens(weather.answerLost)) return this.#dice.chance(0.5) ? this.#nothing() : fallen();
    const text = happens(weather.cut)
      ? answer.text.slice(0, this.#dice.int(answer.text.length + 1))
      : answer.text;
    return new Response(text, { status: answer.status, headers: json });
  }

  async #live(request: Request, ended: AbortSignal, signal: AbortSignal): Promise<Response> {
    await this.#travel();
    const running = this.#server.running;
    if (!this.up || ended.aborted || running === null) throw broken();
    const silent = this.#dice.chance(this.weather.silent);
    const hangUp = new AbortController();
    const answer = await running.app.inject({
      method: "GET",
      url: request.path,
      headers: request.headers,
      payloadAsStream: true,
      signal: hangUp.signal,
    });
    const source: Readable = answer.stream();
    if (answer.statusCode !== 200) {
      const chunks: Buffer[] = await source.toArray();
      return new Response(Buffer.concat(chunks).toString(), {
        status: answer.statusCode,
        headers: json,
      });
    }
    const body = new ReadableStream<Uint8Array>({
      start: (sink) => {
        const end = (error: Error | null) => {
          this.#breaks.delete(end);
          signal.removeEventListener("abort", aborted);
          hangUp.abort();
          try {
            if (error === null) sink.close();
            else sink.error(error);
          } catch {
            // The reader has gone already.
          }
        };
        const aborted = () => end(broken());
        this.#breaks.add(end);
        signal.addEventListener("abort", aborted);
        source.on("data", (chunk: Buffer) => {
          if (this.#server.running === running) this.#exchange.told(request, chunk.toString());
          if (!silent) sink.enqueue(new Uint8Array(chunk));
        });
        source.on("end", () => (silent ? undefined : end(null)));
        source.on("error", () => (silent ? undefined : end(broken())));
      },
    });
    return new Response(body, { status: 200, headers: { "content-type": "text/event-stream" } });
  }

  /** The same request again, on a way of its own: nobody waits for its answer. */
  async #later(request: Request): Promise<void> {
    await this.#pause(this.#dice.between(0, 20_000));
    if (this.#server.running !== null) await this.#exchange.ask(request).catch(() => {});
  }

  #refusal(failure: ReturnType<typeof fail>, status: number): Response {
    const challenge = { "www-authenticate": 'DPoP error="invalid_token"' };
    const headers = status === 401 ? { ...json, ...challenge } : json;
    return new Response(JSON.stringify({ error: failure }), { status, headers });
  }

  /** The way there, or back. */
  #travel(): Promise<void> {
    const slow = this.weather.slow > 0 && this.#dice.chance(this.weather.slow);
    return this.#pause(slow ? this.#dice.between(200, 40_000) : this.#dice.between(1, 40));
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** No answer ever comes: whoever waits gives up, or the line breaks. */
  #nothing(): Promise<never> {
    return new Promise(() => {});
  }

  /** The exchange, unless its caller gives up or the line breaks first. */
  #orBroken(
    signal: AbortSignal,
    exchange: (ended: AbortSignal) => Promise<Response>,
  ): Promise<Response> {
    const ended = new AbortController();
    return new Promise((resolve, reject) => {
      const end = (error: Error) => {
        done();
        reject(error);
      };
      const aborted = () => end(broken());
      const done = () => {
        this.#breaks.delete(end);
        signal.removeEventListener("abort", aborted);
        ended.abort();
      };
      this.#breaks.add(end);
      signal.addEventListener("abort", aborted);
      exchange(ended.signal).then(
        (response) => {
          done();
          resolve(response);
        },
        (error: Error) => end(error),
      );
    });
  }
}

const fallen = (): never => {
  throw broken();
};
