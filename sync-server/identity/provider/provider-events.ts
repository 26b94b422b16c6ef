/// <reference path="./oidc-provider.d.ts" />
import type Provider from "oidc-provider";
import type { Logger } from "pino";

/** Writes refusals and faults of the provider to the log: what was wrong, never with which token. */
export const logProviderEvents = (provider: Provider, log: Logger): void => {
  for (const event of ["authorization.error", "grant.error", "revocation.error"]) {
    provider.on(event, (_ctx, error) => {
      // Part of every first proof (RFC 9449, section 8), and nobody's fault.
      if (error.error === "use_dpop_nonce") return;
      log.info({ event, error: error.error, detail: error.error_detail }, "request refused");
    });
  }
  provider.on("server_error", (ctx, error) =>
    log.error({ err: error, path: ctx.path }, "identity provider failed"),
  );
};

/**
 * Ends the browser session too when a client signs out by revoking its refresh token: a program
 * cannot reach the browser's cookie, and on a shared computer the next person must not inherit it.
 */
export const endSessionOnRevocation = (provider: Provider): void => {
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route !== "revocation") return;
    const uid = ctx.oidc.entities.RefreshToken?.sessionUid;
    if (uid === undefined) return;
    const session = await provider.Session.findByUid(uid);
    await session?.destroy();
  });
};
