import { z } from "zod";
import type { Intent, Kind } from "#shared/domain/intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import {
  type Checkpoint,
  type DeskRequest,
  DeskResponse,
  DigestResponse,
  ErrorResponse,
  FetchResponse,
  INSTALLATION,
  MeResponse,
  PullResponse,
  PushResponse,
  RevocationsResponse,
  routes,
} from "#shared/sync/wire.ts";

/** What the client needs to speak for its user. */
export interface ServerClientOptions {
  serverUrl: string;
  installation: string;
  appVersion: string;
  /** A token that can be used now; `refused` is one the server has just not taken. */
  token(refused?: string): Promise<Result<string, Failure>>;
  fetch?: typeof globalThis.fetch;
  timeoutMs?: number;
  /** The device's clock, ms: what the server measures its skew by. */
  wall?: () => number;
}

const REVOCATIONS = 20_000;
const DIGEST = 10_000;
const Done = z.object({});

/** The sync server, as the core speaks to it. Every answer is checked; every failure is a value. */
export class ServerClient {
  readonly #options: ServerClientOptions;
  readonly #ended = new AbortController();

  constructor(options: ServerClientOptions) {
    this.#options = options;
  }

  /** Who the server says this user is, and whether it remembers the intent it applied last. */
  me(last: string | null): Promise<Result<MeResponse, Failure>> {
    return this.#ask(last === null ? routes.me : `${routes.me}?last=${last}`, MeResponse);
  }

  /** The feed after `after`. */
  pull(
    after: Checkpoint | null,
    limit: number,
    signal?: AbortSignal,
  ): Promise<Result<PullResponse, Failure>> {
    return this.#ask(routes.pull, PullResponse, { protocol: PROTOCOL, after, limit }, signal);
  }

  /** Hands in intents, in the order they were made. */
  push(intents: readonly Intent[], signal?: AbortSignal): Promise<Result<PushResponse, Failure>> {
    const { installation, appVersion, wall = Date.now } = this.#options;
    const sentAt = new Date(wall()).toISOString();
    const body = { protocol: PROTOCOL, installation, appVersion, sentAt, intents };
    return this.#ask(routes.push, PushResponse, body, signal);
  }

  /** What has left the lens since `after` (S9). */
  revocations(after: Checkpoint | null): Promise<Result<RevocationsResponse, Failure>> {
    const body = { protocol: PROTOCOL, after, limit: REVOCATIONS };
    return this.#ask(routes.revocations, RevocationsResponse, body);
  }

  /** Revisions and checksums of the records of some kinds, after an id (S10). */
  digest(kinds: Kind[], after: string | null): Promise<Result<DigestResponse, Failure>> {
    const body = { protocol: PROTOCOL, kinds, after, limit: DIGEST };
    return this.#ask(routes.digest, DigestResponse, body);
  }

  /** Records by id, as this user may now see them; at most 500. */
  fetch(ids: string[]): Promise<Result<FetchResponse, Failure>> {
    return this.#ask(routes.fetch, FetchResponse, { protocol: PROTOCOL, ids });
  }

  /** Tells what people decided about changes on their desk, at most 200 (S6). */
  desk(decisions: DeskRequest["decisions"]): Promise<Result<DeskResponse, Failure>> {
    return this.#ask(routes.desk, DeskResponse, { protocol: PROTOCOL, decisions });
  }

  /** Tells that a revoked device has erased itself. */
  wiped(): Promise<Result<object, Failure>> {
    return this.#ask(routes.wiped, Done, {});
  }

  /** Breaks off every request under way; later ones fail at once. */
  end(): void {
    this.#ended.abort();
  }

  /** Opens the live stream; the caller reads its body. */
  live(signal: AbortSignal): Promise<Result<Response, Failure>> {
    return this.#fetch(routes.live, undefined, signal);
  }

  async #ask<T>(
    path: string,
    schema: z.ZodType<T>,
    body?: object,
    stop?: AbortSignal,
  ): Promise<Result<T, Failure>> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), this.#options.timeoutMs ?? 30_000);
    const signals = [abort.signal, this.#ended.signal, ...(stop === undefined ? [] : [stop])];
    const signal = AbortSignal.any(signals);
    try {
      const answer = await this.#fetch(path, body, signal);
      if (!answer.ok) return answer;
      const parsed = schema.safeParse(await answer.value.json());
      return parsed.success ? ok(parsed.data) : err(fail("server-failed", { path }));
    } catch {
      // Cut off in the middle of an answer: as good as no answer.
      return err(fail("server-unreachable"));
    } finally {
      clearTimeout(timer);
    }
  }

  async #fetch(
    path: string,
    body: object | undefined,
    signal: AbortSignal,
  ): Promise<Result<Response, Failure>> {
    let refused: string | undefined;
    for (;;) {
      const token = await this.#options.token(refused);
      if (!token.ok) return token;
      let response: Response;
      try {
        response = await (this.#options.fetch ?? globalThis.fetch)(
          new URL(path, this.#options.serverUrl),
          {
            method: body === undefined ? "GET" : "POST",
            headers: {
              authorization: `Bearer ${token.value}`,
              [INSTALLATION]: this.#options.installation,
              ...(body === undefined ? {} : { "content-type": "application/json" }),
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            signal,
          },
        );
      } catch {
        return err(fail("server-unreachable"));
      }
      if (response.ok) return ok(response);
      const failure = await this.#refusalOf(response);
      // A token the server did not take is replaced once; a second refusal is its word.
      if (failure.code !== "token-rejected" || refused !== undefined) return err(failure);
      refused = token.value;
    }
  }

  async #refusalOf(response: Response): Promise<Failure> {
    try {
      const body = ErrorResponse.safeParse(await response.json());
      if (body.success) return body.data.error;
    } catch {
      // Not one of our answers: a proxy's page, or half of one.
    }
    return fail(response.status >= 500 ? "server-unreachable" : "server-failed");
  }
}
