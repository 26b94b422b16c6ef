import { join } from "node:path";
import type { Logger } from "pino";
import { type Failure, fail } from "#shared/failure.ts";
import { err, type Result } from "#shared/result.ts";
import { demoAccountLines, demoPassword } from "../demo/accounts.ts";
import type { DemoWorld } from "../demo/world.ts";
import { openIdentityDatabase } from "./provider/database.ts";
import { SqliteCredentialStore } from "./provider/sqlite-credential-store.ts";
import {
  type IdentityProvider,
  type IdentityProviderError,
  startIdentityProvider,
} from "./provider/start-identity-provider.ts";

/** The id under which the desktop client is known to the identity provider. */
const CLIENT_ID = "riversync-desktop";

/** Who can sign in to the demo: the people of the demo world. */
export type People = Pick<DemoWorld, "tenants" | "roles" | "accounts">;

/** Starts the embedded provider with the demo's people; refuses in production mode. */
export const startEmbeddedProvider = async (options: {
  dataFolder: string;
  port: number;
  people: People;
  /** Whom access tokens are for: the sync server's address. */
  resource: string;
  log: Logger;
}): Promise<Result<IdentityProvider, Failure | string>> => {
  const file = join(options.dataFolder, "identity.db");
  const database = openIdentityDatabase(file);
  if (!database.ok) return err(fail("storage-unwritable", { file }));
  const credentials = new SqliteCredentialStore(database.value);
  await addPeople(credentials, options.people);
  const started = await startIdentityProvider({
    port: options.port,
    databaseFile: file,
    accounts: credentials,
    log: options.log,
    clientId: CLIENT_ID,
    resource: options.resource,
    demoAccounts: demoAccountLines(options.people).map(({ login, name, role, tenant }) => ({
      ...{ login, name },
      role: `${role} · ${tenant}`,
    })),
    demoPassword,
  });
  return started.ok ? started : err(sentence(started.error, options.port, file));
};

const addPeople = async (credentials: SqliteCredentialStore, people: People): Promise<void> => {
  const roleName = new Map(people.roles.map((role) => [role.id, role.name]));
  for (const account of people.accounts) {
    if ((await credentials.findBySub(account.id)) !== undefined) continue;
    const role = account.roleId === null ? undefined : roleName.get(account.roleId);
    await credentials.upsert({
      sub: account.id,
      login: account.login,
      password: demoPassword,
      tenant: account.tenantId,
      apps: role === undefined ? {} : { partners: role },
      name: account.name,
      email: account.email,
      locale: account.locale,
    });
  }
};

const sentence = (error: IdentityProviderError, port: number, file: string): Failure | string => {
  switch (error.code) {
    case "port-in-use":
      return `Port ${port} is in use: stop what runs there, or choose another with --issuer-port.`;
    case "refused-in-production":
      return "The embedded identity provider does not run in production: configure an issuer.";
    case "database-unwritable":
      return fail("storage-unwritable", { file });
    case "port-unavailable":
      return `Port ${port} cannot be listened on: ${error.detail}`;
  }
};
