import { pino } from "pino";
import { z } from "zod";
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
  account: z.object({
    sub: z.string(),
    login: z.string(),
    password: z.string(),
    tenant: z.string(),
    apps: z.record(z.string(), z.string()),
    name: z.string(),
    email: z.string(),
    locale: z.string(),
  }),
});

const { account, ...options } = Options.parse(JSON.parse(process.argv[2] ?? "null"));
const db = openIdentityDatabase(options.databaseFile);
if (!db.ok) throw new Error(db.error.detail);
const accounts = new SqliteCredentialStore(db.value);
await accounts.upsert(account);
const provider = await startIdentityProvider({
  ...options,
  accounts,
  log: pino({ level: "silent" }),
});
if (!provider.ok) throw new Error(provider.error.code);
process.stdout.write(`${JSON.stringify({ issuer: provider.value.issuer })}\n`);
process.stdin.resume().once("end", () => process.exit(0));
