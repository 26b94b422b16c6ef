import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { AccessToken } from "./access-token.ts";

/** What requests are made with. */
export interface AuthorizedFetchOptions {
  /** A token that can be used now; `refused` is one the server has just not taken. */
  token(refused?: string): Promise<Result<AccessToken, Failure>>;
  fetch?: typeof globalThis.fetch;
}

/** A request; its body can be sent twice, as it is whenever the first try was refused unread. */
type AuthorizedRequest = Omit<RequestInit, "headers" | "method"> & {
  method: string;
  headers?: Record<string, string>;
};

/** Makes a request as the user who is signed in; every answer of a server is a value. */
export type AuthorizedFetch = (
  url: string,
  request: AuthorizedRequest,
) => Promise<Result<Response, Failure>>;

/** What the server says it wants (RFC 6750, section 3; RFC 9449, section 9). */
const wants = (response: Response, error: "use_dpop_nonce" | "invalid_token"): boolean =>
  response.status === 401 &&
  (response.headers.get("www-authenticate") ?? "").includes(`error="${error}"`);

/**
 * Makes requests with an access token and, where it is bound to a key, with a proof for each. A token
 * the server does not take is replaced once, a nonce it wants in the proof is put in once; a second
 * refusal is its word. Where nothing answers: `server-unreachable`.
 */
export const createAuthorizedFetch = (options: AuthorizedFetchOptions): AuthorizedFetch => {
  let nonce: string | undefined;

  const headersFor = async ({ value, prove }: AccessToken, method: string, url: string) =>
    prove === null
      ? { authorization: `Bearer ${value}` }
      : { authorization: `DPoP ${value}`, dpop: await prove({ method, url, nonce }) };

  return async (url, request) => {
    let refused: string | undefined;
    let renonced = false;
    for (;;) {
      const token = await options.token(refused);
      if (!token.ok) return token;
      const proved = await headersFor(token.value, request.method, url);
      let response: Response;
      try {
        const headers = { ...request.headers, ...proved };
        response = await (options.fetch ?? globalThis.fetch)(url, { ...request, headers });
      } catch {
        return err(fail("server-unreachable"));
      }
      nonce = response.headers.get("dpop-nonce") ?? nonce;
      if (wants(response, "use_dpop_nonce") && !renonced) {
        renonced = true;
        continue;
      }
      if (!wants(response, "invalid_token") || refused !== undefined) return ok(response);
      refused = token.value.value;
    }
  };
};
