import { pino } from "pino";
import { z } from "zod";
import { createAccounts } from "../../testing/accounts.ts";
import { openIdentityDatabase } from "../database.ts";
import { SqliteCredentialStore } from "../sqlite-credential-store.ts";
import { startIdentityProvider } from "../start-identity-provider.ts";

/**
 * The provider in a process of its own, so that tests on the client's side of the wire can stop,
 * kill and restart it. Takes its options as JSON, says where it listens as one line of JSON, and
 * ends with its standard input.
 */
const Options = z.object({
  port: z.number(),
  databaseFile: z.string(),
  clientId: z.string(),
  resource: z.string(),
  password: z.string(),
  accounts: z.array(
    z.object({
      id: z.string(),
      login: z.string(),
      tenantId: z.string(),
      suspended: z.boolean(),
      apps: z.record(z.string(), z.string()),
      name: z.string(),
      email: z.string(),
      locale: z.string(),
    }),
  ),
});

const { accounts, password, ...options } = Options.parse(JSON.parse(process.argv[2] ?? "null"));
const db = openIdentityDatabase(options.databaseFile);
if (!db.ok) throw new Error(db.error.detail);
const credentials = new SqliteCredentialStore(db.value);
for (const { id } of accounts) await credentials.setPassword(id, password);
const provider = await startIdentityProvider({
  ...options,
  accounts: createAccounts(...accounts),
  credentials,
  log: pino({ level: "silent" }),
});
if (!provider.ok) throw new Error(provider.error.code);
process.stdout.write(`${JSON.stringify({ issuer: provider.value.issuer })}\n`);
process.stdin.resume().once("end", () => process.exit(0));
