import { join } from "node:path";
import { Command } from "commander";
import pino from "pino";
import type { Failure } from "#shared/failure.ts";
import { ok, type Result } from "#shared/result.ts";
import { filesFrom } from "./files/options.ts";
import { issuerFrom } from "./identity/issuer-options.ts";
import { sentenceOf } from "./sentence.ts";
import { type ServerOptions, startServer } from "./start-server.ts";
import { databaseFrom } from "./store/postgres-options.ts";

/** What the server process tells whoever started it, over the channel between them. */
export type ServerNews =
  | {
      state: "ready";
      url: string;
      issuer: string;
      password: string;
      accounts: { login: string; name: string; tenant: string; role: string }[];
    }
  | { state: "failed"; sentence: string };

const port = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) {
    throw new Error(`${text} is no port: a whole number from 1 to 65535 is wanted`);
  }
  return number;
};

const tell = (news: ServerNews): void => {
  if (process.send) process.send(news);
  else if (news.state === "failed") process.stderr.write(`${news.sentence}\n`);
  else process.stdout.write(`RiverSync sync server at ${news.url}, issuer ${news.issuer}\n`);
};

/** The other services that the environment names, which the server works with. */
const servicesFrom = (
  env: NodeJS.ProcessEnv,
  databaseUrl: string | undefined,
): Result<Pick<ServerOptions, "database" | "files" | "issuer">, Failure | string> => {
  const database = databaseFrom(env, databaseUrl);
  if (!database.ok) return database;
  const files = filesFrom(env);
  if (!files.ok) return files;
  const issuer = issuerFrom(env);
  if (!issuer.ok) return issuer;
  return ok({
    ...(database.value === null ? {} : { database: database.value }),
    ...(files.value === null ? {} : { files: files.value }),
    ...(issuer.value === null ? {} : { issuer: issuer.value }),
  });
};

const main = async (): Promise<void> => {
  const options = new Command("sync-server")
    .description("The RiverSync sync server with its embedded store, identity provider and demo")
    .option("--data <folder>", "where its data lies", ".data")
    .option("--server-port <port>", "where it listens", port, 4070)
    .option("--issuer-port <port>", "where its identity provider listens", port, 4071)
    .option(
      "--database-url <url>",
      "its PostgreSQL database as its owner; RIVERSYNC_DATABASE_URL shows it to nobody",
    )
    .option("--production", "refuse whatever is for development and the demo only")
    .parse()
    .opts<{
      data: string;
      serverPort: number;
      issuerPort: number;
      databaseUrl?: string;
      production?: true;
    }>();
  // One switch for all that asks: also what comes with libraries.
  if (options.production) process.env.NODE_ENV = "production";
  const folder = join(options.data, "server");
  const log = pino({ level: process.env.LOG_LEVEL ?? "warn" }, pino.destination(2));
  const others = servicesFrom(process.env, options.databaseUrl);
  const publicUrl = process.env.RIVERSYNC_PUBLIC_URL;
  const started = others.ok
    ? await startServer({
        port: options.serverPort,
        issuerPort: options.issuerPort,
        dataFolder: folder,
        ...others.value,
        ...(publicUrl === undefined ? {} : { publicUrl }),
        log,
      })
    : others;
  if (!started.ok) {
    tell({ state: "failed", sentence: sentenceOf(started.error) });
    process.exitCode = 1;
    process.disconnect?.();
    return;
  }
  const { url, issuer, accounts, password, close } = started.value;
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await close();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
  // Whoever started it is gone: nobody else would stop it.
  process.on("disconnect", () => void stop());
  tell({ state: "ready", url, issuer, password, accounts });
};

await main();
