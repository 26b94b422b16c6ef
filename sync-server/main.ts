import { join } from "node:path";
import { Command } from "commander";
import pino from "pino";
import { filesFrom } from "./files/options.ts";
import { sentenceOf } from "./sentence.ts";
import { startServer } from "./start-server.ts";

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

const main = async (): Promise<void> => {
  const options = new Command("sync-server")
    .description("The RiverSync sync server with its embedded store, identity provider and demo")
    .option("--data <folder>", "where its data lies", ".data")
    .option("--server-port <port>", "where it listens", port, 4070)
    .option("--issuer-port <port>", "where its identity provider listens", port, 4071)
    .parse()
    .opts<{ data: string; serverPort: number; issuerPort: number }>();
  const folder = join(options.data, "server");
  const log = pino({ level: process.env.LOG_LEVEL ?? "warn" }, pino.destination(2));
  const files = filesFrom(process.env);
  const started = files.ok
    ? await startServer({
        port: options.serverPort,
        issuerPort: options.issuerPort,
        dataFolder: folder,
        ...(files.value === null ? {} : { files: files.value }),
        log,
      })
    : files;
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
