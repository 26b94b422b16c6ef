import type { Logger } from "pino";
import type { Failure } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import type { Blobs } from "../files/blobs.ts";
import type { Store } from "../store/store.ts";

/** Which account a request speaks for, as its token proves. */
interface Caller {
  sub: string;
  tenant: string;
  /** When the token ends, ms since the epoch. */
  expiresAt: number;
}

/** What the HTTP side stands on. `now` is the server's clock, ISO. */
export interface Services {
  store: Store;
  log: Logger;
  authenticate(authorization: string | undefined): Promise<Result<Caller, Failure>>;
  now(): string;
  /** Requests an address may make in a minute. */
  requestsPerMinute: number;
  /** Where attachments lie (S13); without it the server takes none. */
  blobs?: Blobs;
}
