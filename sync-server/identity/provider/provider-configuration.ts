/// <reference path="./oidc-provider.d.ts" />
import { randomBytes } from "node:crypto";
import { type Configuration, type Context, errors, type Token } from "oidc-provider";
import type { AccountSource, SourceAccount } from "../account-source.ts";
import type { IdentityDatabase } from "./database.ts";
import type { Page } from "./pages/layout.ts";
import { messagePage, signOutPage } from "./pages/other-pages.ts";
import { chooseLanguage } from "./pages/texts.ts";
import type { ProviderSecrets } from "./provider-secrets.ts";
import { RecordAdapter } from "./record-adapter.ts";

/** What the provider is configured from. */
export interface ConfigurationOptions {
  db: IdentityDatabase;
  secrets: ProviderSecrets;
  accounts: AccountSource;
  clientId: string;
  resource: string;
  accessTokenSeconds: number;
  nowSeconds: () => number;
}

const minute = 60;
const day = 24 * 60 * minute;
const signing = "ES256";

const languageOf = (ctx: Context) =>
  chooseLanguage(ctx.oidc?.params?.ui_locales, ctx.req.headers["accept-language"]);

const show = (ctx: Context, page: Page): void => {
  for (const [name, value] of Object.entries(page.headers)) ctx.set(name, value);
  ctx.body = page.body;
};

const logout = {
  enabled: true,
  logoutSource: (ctx: Context, form: string): void => {
    const attribute = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(form)?.[1] ?? "";
    // Only a client that holds the ID token of this very session may sign it out without asking.
    const proved = ctx.oidc?.entities.IdTokenHint?.payload.sub;
    show(
      ctx,
      signOutPage(languageOf(ctx), {
        action: attribute("action"),
        xsrf: attribute("value"),
        atOnce: proved !== undefined && proved === ctx.oidc?.session?.accountId,
      }),
    );
  },
  postLogoutSuccessSource: (ctx: Context): void =>
    show(ctx, messagePage(languageOf(ctx), "signed-out")),
};

/** An account that may sign in, and renew what it has. */
const active = async (accounts: AccountSource, id: string): Promise<SourceAccount | undefined> => {
  const account = await accounts.byId(id);
  return account === null || account.suspended ? undefined : account;
};

/** What the ID token says of an account. */
const claimsOf = ({ id, tenantId, name, email, locale, apps }: SourceAccount) => ({
  ...{ sub: id, tenant: tenantId },
  ...{ name, email, locale, apps },
});

/** The whole configuration of oidc-provider: one public native client, code flow with PKCE. */
export const providerConfiguration = (options: ConfigurationOptions): Configuration => ({
  adapter: (model) => new RecordAdapter(options.db, model, options.nowSeconds),
  jwks: options.secrets.jwks,
  cookies: {
    keys: options.secrets.cookieKeys,
    // Cookies ignore ports, and other programs on a loopback address set cookies too.
    names: {
      session: "riversync_id",
      interaction: "riversync_id_interaction",
      resume: "riversync_id_resume",
    },
  },
  clients: [
    {
      client_id: options.clientId,
      client_name: "RiverSync Desktop",
      application_type: "native",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      // For a native client the port of a loopback address is free (RFC 8252, section 7.3).
      redirect_uris: ["http://127.0.0.1/callback"],
      post_logout_redirect_uris: ["http://127.0.0.1/"],
      require_auth_time: true,
      dpop_bound_access_tokens: true,
    },
  ],
  clientDefaults: {
    grant_types: ["authorization_code"],
    id_token_signed_response_alg: signing,
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  },
  extraParams: ["invitation"],
  responseTypes: ["code"],
  scopes: ["openid", "offline_access", "profile"],
  claims: {
    openid: ["sub"],
    profile: ["name", "email", "locale", "tenant", "apps"],
    sid: null,
    auth_time: null,
    iss: null,
  },
  conformIdTokenClaims: false,
  allowOmittingSingleRegisteredRedirectUri: false,
  pkce: { required: () => true },
  rotateRefreshToken: true,
  discovery: { ui_locales_supported: ["en", "th"] },
  ttl: {
    AccessToken: options.accessTokenSeconds,
    AuthorizationCode: minute,
    IdToken: 60 * minute,
    Interaction: 30 * minute,
    Session: 14 * day,
    // A device may stay offline for weeks; each refresh starts the month anew, for a year.
    RefreshToken: 30 * day,
    Grant: 365 * day,
  },
  features: {
    devInteractions: { enabled: false },
    // A nonce of ours with each proof: a device's clock may be wrong by days (RFC 9449, section 8).
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
    pushedAuthorizationRequests: { enabled: false },
    userinfo: { enabled: false },
    revocation: {
      enabled: true,
      allowedPolicy: (_ctx: Context, client: { clientId: string }, token: Token) =>
        token.clientId === client.clientId,
    },
    rpInitiatedLogout: logout,
    resourceIndicators: {
      enabled: true,
      defaultResource: () => options.resource,
      useGrantedResource: () => true,
      getResourceServerInfo: (_ctx: Context, resource: string) => {
        if (resource !== options.resource) throw new errors.InvalidTarget();
        return {
          scope: "",
          audience: options.resource,
          accessTokenTTL: options.accessTokenSeconds,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: signing } },
        };
      },
    },
  },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: async (_ctx, sub) => {
    const account = await active(options.accounts, sub);
    return account && { accountId: account.id, claims: async () => claimsOf(account) };
  },
  extraTokenClaims: async (ctx, token) => {
    if (token.accountId === undefined) return undefined;
    const account = await active(options.accounts, token.accountId);
    const { AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc?.entities ?? {};
    return (
      account && {
        tenant: account.tenantId,
        apps: account.apps,
        sid: token.grantId,
        auth_time: (refresh ?? code)?.authTime,
      }
    );
  },
  renderError: (ctx, out) => {
    const detail = [out.error, out.error_description].filter(Boolean).join(": ");
    show(ctx, messagePage(languageOf(ctx), "error", detail));
  },
});
