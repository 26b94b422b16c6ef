import { hostname } from "node:os";
import { z } from "zod";
import type { Intent, Kind } from "#shared/domain/intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { DevicesResponse, revokeRoute, sessionRoutes } from "#shared/sync/session.ts";
import {
  type Checkpoint,
  DEVICE,
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
import {
  type AuthorizedFetch,
  type AuthorizedFetchOptions,
  createAuthorizedFetch,
} from "../auth/authorized-fetch.ts";

/** What the client needs to speak for its user. */
export interface ServerClientOptions extends AuthorizedFetchOptions {
  serverUrl: string;
  installation: string;
  appVersion: string;
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
  readonly #authorized: AuthorizedFetch;
  readonly #ended = new AbortController();

  constructor(options: ServerClientOptions) {
    this.#options = options;
    this.#authorized = createAuthorizedFetch(options);
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

  /** The devices this account works on (ACC-5). */
  devices(): Promise<Result<DevicesResponse, Failure>> {
    return this.#ask(sessionRoutes.devices, DevicesResponse);
  }

  /** Revokes a device of this account's; wants a sign-in made just now (`step-up-required`). */
  revokeDevice(id: string): Promise<Result<object, Failure>> {
    return this.#ask(revokeRoute(id), Done, {});
  }

  /** Ends every sign-in of this account, this one too; wants one made just now. */
  signOutEverywhere(): Promise<Result<object, Failure>> {
    return this.#ask(sessionRoutes.signOutEverywhere, Done, {});
  }

  /** Binds the identity that is signed in to the account an invitation is for (ID-1). */
  acceptInvitation(invitation: string): Promise<Result<object, Failure>> {
    return this.#ask(sessionRoutes.accept, Done, { invitation });
  }

  /** Breaks off every request under way; later ones fail at once. */
  end(): void {
    this.#ended.abort();
  }

  /** Opens the live stream; the caller reads its body. */
  live(signal: AbortSignal): Promise<Result<Response, Failure>> {
    return this.#fetch(routes.live, undefined, signal);
  }

  /** Asks anything else the server answers: GET, or POST where there is a body. */
  ask<T>(path: string, schema: z.ZodType<T>, body?: object): Promise<Result<T, Failure>> {
    return this.#ask(path, schema, body);
  }

  /** A file the server makes, whole. */
  text(path: string): Promise<Result<string, Failure>> {
    return this.#read(path, async (answer) => ok(await answer.text()));
  }

  #ask<T>(
    path: string,
    schema: z.ZodType<T>,
    body?: object,
    stop?: AbortSignal,
  ): Promise<Result<T, Failure>> {
    const read = async (answer: Response): Promise<Result<T, Failure>> => {
      const parsed = schema.safeParse(await answer.json());
      return parsed.success ? ok(parsed.data) : err(fail("server-failed", { path }));
    };
    return this.#read(path, read, body, stop);
  }

  async #read<T>(
    path: string,
    read: (answer: Response) => Promise<Result<T, Failure>>,
    body?: object,
    stop?: AbortSignal,
  ): Promise<Result<T, Failure>> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), this.#options.timeoutMs ?? 30_000);
    const signals = [abort.signal, this.#ended.signal, ...(stop === undefined ? [] : [stop])];
    const signal = AbortSignal.any(signals);
    try {
      const answer = await this.#fetch(path, body, signal);
      return answer.ok ? await read(answer.value) : answer;
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
    const answer = await this.#authorized(new URL(path, this.#options.serverUrl).href, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        [INSTALLATION]: this.#options.installation,
        [DEVICE]: encodeURIComponent(`${this.#options.appVersion} ${hostname()}`.slice(0, 120)),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
    });
    if (!answer.ok || answer.value.ok) return answer;
    return err(await this.#refusalOf(answer.value));
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
