import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { blobRoute } from "#shared/sync/files.ts";
import { ErrorResponse, INSTALLATION } from "#shared/sync/wire.ts";
import { type AuthorizedFetch, createAuthorizedFetch } from "../auth/authorized-fetch.ts";
import type { ServerClientOptions } from "../sync/server-client.ts";

/** What the client needs to send and fetch files; the same as it needs to sync. */
export type FileServerOptions = Pick<
  ServerClientOptions,
  "serverUrl" | "installation" | "token" | "fetch"
>;

/** The server is held to be away where it has not answered for so long, ms. */
const ANSWER_MS = 30_000;

/** A request, as its own signal ends it. */
type Asked = Omit<RequestInit, "headers"> & { headers?: Record<string, string> };

/** The server's side of files, as the core speaks to it. Every failure is a value. */
export class FileServer {
  readonly #serverUrl: string;
  readonly #installation: string;
  readonly #authorized: AuthorizedFetch;

  constructor(options: FileServerOptions) {
    this.#serverUrl = options.serverUrl;
    this.#installation = options.installation;
    this.#authorized = createAuthorizedFetch(options);
  }

  /** An address of the server. */
  url(path: string): string {
    return new URL(path, this.#serverUrl).href;
  }

  /** Whether the server has the file, whole and verified, from someone of this tenant. */
  async has(hash: string, signal: AbortSignal): Promise<Result<boolean, Failure>> {
    const patient = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
    const answer = await this.ask(this.url(blobRoute(hash)), { method: "HEAD", signal: patient });
    if (!answer.ok) return answer;
    if (answer.value.ok) return ok(true);
    return answer.value.status === 404 ? ok(false) : err(await failureOf(answer.value));
  }

  /** The bytes of a file from `start` on; the answer's body is still to be read. */
  async read(hash: string, start: number, signal: AbortSignal): Promise<Result<Response, Failure>> {
    const headers: Record<string, string> = start === 0 ? {} : { range: `bytes=${start}-` };
    const answer = await this.ask(this.url(blobRoute(hash)), { headers, signal });
    if (!answer.ok) return answer;
    // More is here than the server has: not what is asked for.
    if (answer.value.status === 416) return err(fail("file-damaged"));
    return answer.value.ok ? answer : err(await failureOf(answer.value));
  }

  /** Makes one request as the user who is signed in. Any answer is a value, whatever its status. */
  ask(
    url: string,
    { headers, method = "GET", ...asked }: Asked,
  ): Promise<Result<Response, Failure>> {
    const named = { ...headers, [INSTALLATION]: this.#installation };
    return this.#authorized(url, { ...asked, method, headers: named });
  }
}

/** What an answer that is not 2xx says. */
export const failureOf = async (response: Response): Promise<Failure> => {
  try {
    const body = ErrorResponse.safeParse(await response.json());
    if (body.success) return body.data.error;
  } catch {
    // Not one of our answers: a proxy's page, or none at all.
  }
  if (response.status === 404) return fail("file-unknown");
  return fail(response.status >= 500 ? "server-unreachable" : "server-failed");
};
