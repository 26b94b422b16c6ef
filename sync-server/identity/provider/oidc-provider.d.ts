/** The part of oidc-provider that is used here; the package ships no types of its own. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  export interface AdapterPayload {
    jti?: string;
    uid?: string;
    grantId?: string;
    rotations?: number;
    consumed?: number;
    [key: string]: unknown;
  }

  export interface Adapter {
    upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void>;
    find(id: string): Promise<AdapterPayload | undefined>;
    findByUid(uid: string): Promise<AdapterPayload | undefined>;
    findByUserCode(userCode: string): Promise<AdapterPayload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export interface Token {
    kind: string;
    clientId?: string;
    accountId?: string;
    grantId?: string;
    sessionUid?: string;
    /** Seconds since the epoch. */
    authTime?: number;
  }

  export interface Session {
    accountId?: string;
    uid: string;
    destroy(): Promise<void>;
  }

  export interface Context {
    req: IncomingMessage;
    res: ServerResponse;
    path: string;
    type: string;
    status: number;
    body: unknown;
    set(name: string, value: string): void;
    get(name: string): string;
    oidc?: {
      route: string;
      params?: Record<string, unknown>;
      session?: Session;
      entities: {
        RefreshToken?: Token;
        AuthorizationCode?: Token;
        IdTokenHint?: { payload: { sub?: string } };
      };
    };
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export interface Interaction {
    uid: string;
    prompt: { name: string; reasons: string[]; details: Record<string, unknown> };
    params: Record<string, unknown>;
    session?: { accountId?: string };
  }

  export interface InteractionResult {
    login?: { accountId: string; remember?: boolean; amr?: string[] };
    consent?: { grantId: string };
    error?: string;
    error_description?: string;
  }

  export interface Account {
    accountId: string;
    claims(): Promise<Record<string, unknown>>;
  }

  export interface ResourceServerInfo {
    scope: string;
    audience: string;
    accessTokenTTL: number;
    accessTokenFormat: "jwt";
    jwt: { sign: { alg: string } };
  }

  export interface OidcError extends Error {
    error: string;
    error_description?: string;
    error_detail?: string;
  }

  export interface Configuration {
    adapter: (model: string) => Adapter;
    clients: Record<string, unknown>[];
    clientDefaults: Record<string, unknown>;
    jwks: { keys: object[] };
    cookies: {
      keys: string[];
      names: { session: string; interaction: string; resume: string };
    };
    claims: Record<string, string[] | null>;
    conformIdTokenClaims: boolean;
    allowOmittingSingleRegisteredRedirectUri: boolean;
    extraParams: string[];
    responseTypes: string[];
    scopes: string[];
    pkce: { required: () => boolean };
    rotateRefreshToken: boolean;
    discovery: Record<string, unknown>;
    ttl: Record<string, number>;
    features: Record<string, object>;
    interactions: { url: (ctx: Context, interaction: Interaction) => string };
    findAccount: (ctx: Context, sub: string) => Promise<Account | undefined>;
    extraTokenClaims: (ctx: Context, token: Token) => Promise<Record<string, unknown> | undefined>;
    renderError: (ctx: Context, out: Record<string, string>, error: Error) => void;
  }

  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): (req: IncomingMessage, res: ServerResponse) => Promise<void>;
    use(middleware: (ctx: Context, next: () => Promise<void>) => Promise<void>): this;
    on(event: string, listener: (ctx: Context, error: OidcError) => void): this;
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interaction>;
    interactionFinished(
      req: IncomingMessage,
      res: ServerResponse,
      result: InteractionResult,
      options?: { mergeWithLastSubmission?: boolean },
    ): Promise<void>;
    readonly Session: { findByUid(uid: string): Promise<Session | undefined> };
    readonly Grant: new (of: {
      accountId: string;
      clientId: string;
    }) => Grant;
  }

  export const errors: {
    InvalidGrant: new (detail: string) => OidcError;
    InvalidTarget: new () => OidcError;
    SessionNotFound: new (detail: string) => OidcError;
  };
}
