import type { z } from "zod";
import type { Intent } from "#shared/domain/intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import {
  type Checkpoint,
  ErrorResponse,
  MeResponse,
  PullResponse,
  PushResponse,
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
}

/** The sync server, as the core speaks to it. Every answer is checked; every failure is a value. */
export class ServerClient {
  readonly #options: ServerClientOptions;

  constructor(options: ServerClientOptions) {
    this.#options = options;
  }

  /** Who the server says this user is. */
  me(): Promise<Result<MeResponse, Failure>> {
    return this.#ask(routes.me, MeResponse);
  }

  /** The feed after `after`. */
  pull(after: Checkpoint | null, limit: number): Promise<Result<PullResponse, Failure>> {
    return this.#ask(routes.pull, PullResponse, { protocol: PROTOCOL, after, limit });
  }

  /** Hands in intents, in the order they were made. */
  push(intents: readonly Intent[]): Promise<Result<PushResponse, Failure>> {
    const { installation, appVersion } = this.#options;
    const body = { protocol: PROTOCOL, installation, appVersion, intents };
    return this.#ask(routes.push, PushResponse, body);
  }

  /** Opens the live stream; the caller reads its body. */
  live(signal: AbortSignal): Promise<Result<Response, Failure>> {
    return this.#fetch(routes.live, undefined, signal);
  }

  async #ask<T>(path: string, schema: z.ZodType<T>, body?: object): Promise<Result<T, Failure>> {
    const signal = AbortSignal.timeout(this.#options.timeoutMs ?? 30_000);
    const answer = await this.#fetch(path, body, signal);
    if (!answer.ok) return answer;
    try {
      const parsed = schema.safeParse(await answer.value.json());
      return parsed.success ? ok(parsed.data) : err(fail("server-failed", { path }));
    } catch {
      // Cut off in the middle of an answer: as good as no answer.
      return err(fail("server-unreachable"));
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
