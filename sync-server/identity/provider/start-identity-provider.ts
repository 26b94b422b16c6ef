/// <reference path="./oidc-provider.d.ts" />
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import type { Logger } from "pino";
import { err, ok, type Result } from "#shared/result.ts";
import type { AccountSource } from "../account-source.ts";
import type { InvitationSource } from "../invitation-source.ts";
import type { CredentialStore } from "./credential-store.ts";
import { type DatabaseUnwritable, openIdentityDatabase } from "./database.ts";
import { createInteractions } from "./interactions.ts";
import { LoginThrottle } from "./login-throttle.ts";
import type { DemoAccount } from "./pages/sign-in-page.ts";
import { providerConfiguration } from "./provider-configuration.ts";
import { endSessionOnRevocation, logProviderEvents } from "./provider-events.ts";
import { loadProviderSecrets } from "./provider-secrets.ts";
import { removeExpiredRecords, removeRecordsOf } from "./record-adapter.ts";

/** How to start the embedded identity provider. Port 0 takes any free port. */
export interface IdentityProviderOptions {
  port: number;
  host?: "127.0.0.1";
  databaseFile: string;
  accounts: AccountSource;
  credentials: CredentialStore;
  /** Without it nobody can be invited. */
  invitations?: InvitationSource;
  log: Logger;
  clientId: string;
  /** The sync server's URL: the audience of every access token. */
  resource: string;
  /** Shown on the sign-in page to be signed in as with one click; all share `demoPassword`. */
  demoAccounts?: readonly DemoAccount[];
  demoPassword?: string;
  /** 300 unless told. */
  accessTokenSeconds?: number;
  now?: () => number;
}

/** A running provider. Closing it ends its connections and frees port and database. */
export interface IdentityProvider {
  issuer: string;
  port: number;
  /** Ends all sign-ins of an account at once (ACC-5); tokens that are out last their minutes. */
  endSignIns(accountId: string): void;
  close(): Promise<void>;
}

/** Why the provider did not start. */
export type IdentityProviderError =
  | DatabaseUnwritable
  | { code: "refused-in-production" }
  | { code: "port-in-use"; port: number }
  | { code: "port-unavailable"; port: number; detail: string };

const sweepEveryMs = 5 * 60_000;

const listen = (server: Server, port: number, host: string) =>
  new Promise<Result<number, IdentityProviderError>>((resolve) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const inUse = cause.code === "EADDRINUSE";
      resolve(
        err(
          inUse
            ? { code: "port-in-use", port }
            : { code: "port-unavailable", port, detail: cause.message },
        ),
      );
    });
    server.listen(port, host, () => resolve(ok((server.address() as AddressInfo).port)));
  });

/**
 * Starts an OpenID provider for development and the demo, on a loopback address. Its sessions,
 * refresh tokens and signing keys live in `databaseFile` and survive a restart. It refuses to run
 * in production, where the issuer is the organisation's own.
 */
export const startIdentityProvider = async (
  options: IdentityProviderOptions,
): Promise<Result<IdentityProvider, IdentityProviderError>> => {
  if (process.env.NODE_ENV === "production") return err({ code: "refused-in-production" });
  const { accounts, credentials, clientId, log, resource } = options;
  const now = options.now ?? Date.now;
  const nowSeconds = () => Math.floor(now() / 1000);
  const host = options.host ?? "127.0.0.1";

  const opened = openIdentityDatabase(options.databaseFile);
  if (!opened.ok) return opened;
  const db = opened.value;
  const secrets = loadProviderSecrets(db, now());
  if (!secrets.ok) {
    db.close();
    return secrets;
  }

  const server = createServer();
  // The issuer names the port, so that the port must be known before the provider exists.
  const listening = await listen(server, options.port, host);
  if (!listening.ok) {
    db.close();
    return listening;
  }
  const issuer = `http://${host}:${listening.value}`;
  const provider = new Provider(
    issuer,
    providerConfiguration({
      db,
      secrets: secrets.value,
      accounts,
      clientId,
      resource,
      nowSeconds,
      accessTokenSeconds: options.accessTokenSeconds ?? 300,
    }),
  );
  logProviderEvents(provider, log);
  endSessionOnRevocation(provider);
  const interactions = createInteractions({
    provider,
    issuer,
    clientId,
    accounts,
    credentials,
    ...(options.invitations === undefined ? {} : { invitations: options.invitations }),
    throttle: new LoginThrottle(now),
    formKey: secrets.value.formKey,
    log,
    ...(options.demoAccounts === undefined
      ? {}
      : { demo: { accounts: options.demoAccounts, password: options.demoPassword ?? "" } }),
  });
  const answer = provider.callback();
  server.on("request", async (req, res) => {
    // What it sends people to is made of the host they say they asked: any other is a trick (a name
    // of a stranger's that leads here, say).
    if (URL.parse(`http://${req.headers.host}`)?.hostname !== host) {
      res.writeHead(421).end();
      return;
    }
    if (!(await interactions(req, res))) await answer(req, res);
  });

  removeExpiredRecords(db, nowSeconds());
  const sweep = setInterval(() => removeExpiredRecords(db, nowSeconds()), sweepEveryMs);
  sweep.unref();
  log.info({ issuer, resource }, "identity provider listening");

  return ok({
    issuer,
    port: listening.value,
    endSignIns: (accountId) => removeRecordsOf(db, accountId),
    close: async () => {
      clearInterval(sweep);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      db.close();
    },
  });
};
