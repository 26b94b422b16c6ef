import { join } from "node:path";
import type { Logger } from "pino";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { DemoAccountLine } from "../demo/accounts.ts";
import type { AccountSource } from "./account-source.ts";
import type { InvitationSource } from "./invitation-source.ts";
import { openIdentityDatabase } from "./provider/database.ts";
import { SqliteCredentialStore } from "./provider/sqlite-credential-store.ts";
import {
  type IdentityProvider,
  type IdentityProviderError,
  startIdentityProvider,
} from "./provider/start-identity-provider.ts";

/** The id under which the desktop client is known to the identity provider. */
export const CLIENT_ID = "riversync-desktop";

/** Who can sign in to the demo, all with one password: ids of accounts, and lines of them. */
export interface Demo {
  ids: readonly string[];
  accounts: readonly DemoAccountLine[];
  password: string;
}

/** Starts the embedded provider over the accounts of the store; refuses in production mode. */
export const startEmbeddedProvider = async (options: {
  dataFolder: string;
  port: number;
  demo: Demo;
  accounts: AccountSource;
  invitations?: InvitationSource;
  /** Whom access tokens are for: the sync server's address. */
  resource: string;
  log: Logger;
}): Promise<Result<IdentityProvider, Failure | string>> => {
  const { dataFolder, port, demo, accounts, invitations, resource, log } = options;
  const file = join(dataFolder, "identity.db");
  const database = openIdentityDatabase(file);
  if (!database.ok) return err(fail("storage-unwritable", { file }));
  const credentials = new SqliteCredentialStore(database.value);
  for (const id of demo.ids) {
    if (!credentials.has(id)) await credentials.setPassword(id, demo.password);
  }
  const started = await startIdentityProvider({
    port,
    databaseFile: file,
    accounts,
    credentials,
    ...(invitations === undefined ? {} : { invitations }),
    log,
    clientId: CLIENT_ID,
    resource,
    demoAccounts: demo.accounts.map(({ login, name, role, tenant }) => ({
      ...{ login, name },
      role: `${role} · ${tenant}`,
    })),
    demoPassword: demo.password,
  });
  if (!started.ok) {
    database.value.close();
    return err(sentence(started.error, port, file));
  }
  const { close } = started.value;
  return ok({ ...started.value, close: () => close().finally(() => database.value.close()) });
};

const sentence = (error: IdentityProviderError, port: number, file: string): Failure | string => {
  switch (error.code) {
    case "port-in-use":
      return `Port ${port} is in use: stop what runs there, or choose another with --issuer-port.`;
    case "refused-in-production":
      return "The embedded identity provider does not run in production: set RIVERSYNC_ISSUER, RIVERSYNC_AUDIENCE and RIVERSYNC_CLIENT_ID to your organisation's OpenID Connect issuer.";
    case "database-unwritable":
      return fail("storage-unwritable", { file });
    case "port-unavailable":
      return `Port ${port} cannot be listened on: ${error.detail}`;
  }
};
