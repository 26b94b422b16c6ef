import type { Logger } from "pino";
import type { SigningKey } from "#shared/audit/head.ts";
import type { Failure } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import type { Blobs } from "../files/blobs.ts";
import type { InvitationSource } from "../identity/invitation-source.ts";
import type { Store } from "../store/store.ts";

/** What a request shows of who makes it, and what it is: a proof is made for one request. */
export interface Presented {
  authorization: string | undefined;
  /** The DPoP header (RFC 9449). */
  proof: string | undefined;
  method: string;
  /** Begins with a slash, without a query. */
  path: string;
}

/** Whom a request speaks for, as its token proves. */
export interface Caller {
  /** The account; the issuer's own word for it where `externalIssuer` is set. */
  sub: string;
  /** The tenant in the token, null where its issuer does not tell. */
  tenant: string | null;
  /** When the token ends, ms since the epoch. */
  expiresAt: number;
  /** When the person proved who they are, ms; nothing where nobody tells: never fresh. */
  authTime?: number | null;
  /** The key the token is bound to (RFC 7638); nothing of an issuer that binds none. */
  thumbprint?: string | null;
  /** When the token was issued, ms. */
  issuedAt?: number | null;
  externalIssuer?: string;
}

/** Proves who makes a request. */
export type Authenticate = (request: Presented) => Promise<Result<Caller, Failure>>;

/** Whom people sign in with, as a client needs to know it (OpenID Connect). */
interface SignInWith {
  issuer: string;
  clientId: string;
}

/** What the HTTP side stands on. `now` is the server's clock, ISO. */
export interface Services {
  store: Store;
  log: Logger;
  authenticate: Authenticate;
  /** The nonce for the next proof (RFC 9449, section 8); nothing where none is wanted. */
  nonce?: () => string;
  now(): string;
  /** Requests an address may make in a minute. */
  requestsPerMinute: number;
  /** Requests an account may make in a minute; as many as an address where nothing is said. */
  requestsPerAccount?: number;
  /** Where attachments lie (S13); without it the server takes none. */
  blobs?: Blobs;
  /** What the heads of audit logs are signed with (PRT-4); without it nobody is shown a log. */
  auditKey?: SigningKey;
  /** What `/.well-known/riversync` tells. */
  signInWith?: SignInWith;
  /** Ends an account's sign-ins at the provider, where that is ours to do. */
  endSignIns?: (accountId: string) => Promise<void>;
  /** Where invitations are looked up and accepted; without it there are none. */
  invitations?: InvitationSource;
}
