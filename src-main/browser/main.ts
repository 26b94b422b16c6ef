import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import pino from "pino";
import { createOwnerOnlyFileVault } from "#core/auth/owner-only-file-vault.ts";
import { Core } from "#core/core.ts";
import { PreferenceStore } from "#core/preferences.ts";
import { createRouter } from "#core/router.ts";
import { startBrowserHost } from "./host.ts";

/** What the client process tells whoever started it, over the channel between them. */
export type ClientNews = { state: "ready"; url: string } | { state: "failed"; sentence: string };

const root = join(import.meta.dirname, "../..");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  version: string;
};

const tell = (news: ClientNews): void => {
  if (process.send) process.send(news);
  else if (news.state === "failed") process.stderr.write(`${news.sentence}\n`);
  else process.stdout.write(`RiverSync at ${news.url}\n`);
};

const fail = (sentence: string): void => {
  tell({ state: "failed", sentence });
  process.exitCode = 1;
  process.disconnect?.();
};

const main = async (): Promise<void> => {
  const options = new Command("client")
    .description("The RiverSync client for a browser on this machine")
    .option("--data <folder>", "where its data lies", ".data")
    .option("--port <port>", "where it listens", Number, 4080)
    .option("--server <url>", "the sync server", "http://127.0.0.1:4070")
    .option("--issuer <url>", "who people sign in with", "http://127.0.0.1:4071")
    .option("--client-id <id>", "as whom the client is known there", "riversync-desktop")
    .parse()
    .opts<{ data: string; port: number; server: string; issuer: string; clientId: string }>();
  const dataFolder = join(options.data, "client");
  const rendererFolder = join(root, "dist/renderer");
  if (!existsSync(join(rendererFolder, "index.html"))) {
    return fail("The renderer has not been built: run `npm run build` first.");
  }
  const log = pino({ level: process.env.LOG_LEVEL ?? "warn" }, pino.destination(2));
  const vault = (name: string) =>
    createOwnerOnlyFileVault({ file: join(dataFolder, `${name}.json`), log });
  let core: Core;
  try {
    core = await Core.start({
      info: {
        host: "browser",
        version,
        serverUrl: options.server,
        dataFolder,
        secretStore: "owner-only-file",
      },
      issuer: options.issuer,
      clientId: options.clientId,
      tokenVault: vault("session"),
      keyVault: vault("keys"),
      redirectTo: `http://127.0.0.1:${options.port}/`,
      log,
    });
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? String(cause);
    return fail(`${dataFolder} cannot be used (${code}): choose another folder with --data.`);
  }
  const host = await startBrowserHost({
    port: options.port,
    dataFolder,
    rendererFolder,
    router: createRouter(core, new PreferenceStore(dataFolder)),
  });
  if (!host.ok) {
    await core.close();
    return fail(host.error);
  }
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await host.value.close();
    await core.close();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
  process.on("disconnect", () => void stop());
  tell({ state: "ready", url: host.value.url });
};

await main();
