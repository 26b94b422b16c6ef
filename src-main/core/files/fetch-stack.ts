import type { HttpRequest, HttpResponse, HttpStack } from "tus-js-client";
import type { Failure } from "#shared/failure.ts";
import { type FileServer, failureOf } from "./file-server.ts";

/** The server could not be asked, or has nothing to do with the upload now: it is tried again later. */
export class NotSent extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** The most one request may take, ms. */
const PIECE_MS = 90_000;

/** Refusals that the tus client has an answer for by itself; every other one ends this try. */
const tusKnows = [404, 409, 410, 423];

/** Lets the tus client speak through the core's own requests: our token, our way out, our failures. */
export class FetchStack implements HttpStack {
  readonly #server: FileServer;
  readonly #signal: AbortSignal;
  readonly #before: () => Promise<void>;

  /** `before` is awaited before each request. */
  constructor(server: FileServer, signal: AbortSignal, before: () => Promise<void>) {
    this.#server = server;
    this.#signal = signal;
    this.#before = before;
  }

  createRequest(method: string, url: string): HttpRequest {
    const headers: Record<string, string> = {};
    const abort = new AbortController();
    return {
      getMethod: () => method,
      getURL: () => url,
      setHeader: (name, value) => {
        headers[name.toLowerCase()] = value;
      },
      getHeader: (name) => headers[name.toLowerCase()],
      setProgressHandler: () => {},
      getUnderlyingObject: () => null,
      abort: async () => abort.abort(),
      send: async (body: Blob | null) => {
        await this.#before();
        const answer = await this.#server.ask(url, {
          method,
          headers,
          body,
          // What has arrived of a piece that takes too long is kept by the server, and gone on from.
          signal: AbortSignal.any([abort.signal, this.#signal, AbortSignal.timeout(PIECE_MS)]),
        });
        if (!answer.ok) throw new NotSent(answer.error);
        const { value: response } = answer;
        if (!response.ok && !tusKnows.includes(response.status)) {
          throw new NotSent(await failureOf(response));
        }
        return toResponse(response);
      },
    };
  }

  getName(): string {
    return "core";
  }
}

const toResponse = (response: Response): HttpResponse => ({
  getStatus: () => response.status,
  getHeader: (name) => response.headers.get(name) ?? undefined,
  getBody: () => "",
  getUnderlyingObject: () => response,
});
