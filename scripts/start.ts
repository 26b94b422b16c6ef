import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import open from "open";
import { buildRenderer } from "./build-renderer.ts";
import { electronBinary, fetchElectron } from "./electron-binary.ts";
import { type Running, root, run } from "./processes.ts";
import { startElectron } from "./start-electron.ts";

const port = (text: string): string => {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number < 65_536) return text;
  throw new InvalidArgumentError("a whole number from 1 to 65535 is wanted.");
};

const options = new Command("npm start --")
  .description(
    "Runs RiverSync Desktop with its embedded sync server, identity provider and demo world.",
  )
  .option("--host <kind>", "electron, browser, or auto: Electron where its binary is there", "auto")
  .option("--port <port>", "where the browser host listens", port, "4080")
  .option("--server-port <port>", "where the sync server listens", port, "4070")
  .option("--issuer-port <port>", "where the identity provider listens", port, "4071")
  .option("--data <folder>", "where all data lies", ".data")
  .option("--client-only", "start no server: use the one that runs on the given ports")
  .option("--no-open", "do not open a browser")
  .option("--fresh", "throw the data away first and load the demo world anew")
  .parse()
  .opts<{
    host: string;
    port: string;
    serverPort: string;
    issuerPort: string;
    data: string;
    clientOnly?: true;
    open: boolean;
    fresh?: true;
  }>();

interface ServerReady {
  url: string;
  issuer: string;
  password: string;
  accounts: { login: string; name: string; tenant: string; role: string }[];
}

const say = (text = "") => process.stdout.write(`${text}\n`);
const running: Running<unknown>[] = [];

let stopping = false;

/** Ends every part in order, once: the parts' own ends are no news after that. */
const stopAll = async (code: number): Promise<void> => {
  if (stopping) return;
  stopping = true;
  // Clients first: they hand in nothing more, and the server closes on quiet connections.
  for (const each of running.toReversed()) await each.stop();
  process.exit(code);
};

const accountTable = (accounts: ServerReady["accounts"]): string => {
  const width = (pick: (a: ServerReady["accounts"][number]) => string) =>
    Math.max(...accounts.map((a) => pick(a).length));
  const [login, name] = [width((a) => a.login), width((a) => a.name)];
  return accounts
    .map((a) => `  ${a.login.padEnd(login)}  ${a.name.padEnd(name)}  ${a.role}, ${a.tenant}`)
    .join("\n");
};

const main = async (): Promise<void> => {
  const data = resolve(root, options.data);
  if (options.fresh) rmSync(data, { recursive: true, force: true });
  buildRenderer();
  let server = `http://127.0.0.1:${options.serverPort}`;
  let issuer = `http://127.0.0.1:${options.issuerPort}`;
  if (!options.clientOnly) {
    const started = await run<ServerReady>("sync-server/main.ts", [
      ...["--data", data],
      ...["--server-port", options.serverPort, "--issuer-port", options.issuerPort],
    ]);
    running.push(started);
    ({ url: server, issuer } = started.ready);
    say(`\nDemo accounts (password for all: ${started.ready.password})`);
    say(accountTable(started.ready.accounts));
  }
  const client = await startClient(data, server, issuer);
  say(`\n  RiverSync   ${client}`);
  say(`  Sync server ${server}`);
  say(`  Sign-in     ${issuer}`);
  say(`  Data        ${data}`);
  say("\nCtrl-C stops everything; the data stays.");
};

const hasDisplay =
  process.platform !== "linux" ||
  process.env.DISPLAY !== undefined ||
  process.env.WAYLAND_DISPLAY !== undefined;

/** Electron where it can open a window: its binary can be had, a display, and no root on Linux. */
const electronHere = (): string | null => {
  if (options.host === "browser") return null;
  const isRoot = process.platform === "linux" && process.getuid?.() === 0;
  const mayOpen = options.host === "electron" || (hasDisplay && !isRoot);
  return mayOpen ? (electronBinary() ?? fetchElectron()) : null;
};

const startClient = async (data: string, server: string, issuer: string): Promise<string> => {
  const binary = electronHere();
  if (binary === null && options.host === "electron") {
    throw new Error("Electron's binary cannot be had here: use --host browser.");
  }
  if (binary !== null) {
    running.push(await startElectron(binary, { data, server, issuer }));
    return "in its own window";
  }
  const client = await run<{ url: string }>("src-main/browser/main.ts", [
    ...["--data", data, "--port", options.port],
    ...["--server", server, "--issuer", issuer],
  ]);
  running.push(client);
  if (options.open && hasDisplay && !process.env.CI) await open(client.ready.url);
  return client.ready.url;
};

process.on("SIGINT", () => void stopAll(0));
process.on("SIGTERM", () => void stopAll(0));

try {
  await main();
  for (const { child } of running) {
    child.once("exit", () => {
      if (stopping) return;
      say("\nA part of RiverSync has stopped; stopping the rest.");
      void stopAll(1);
    });
  }
} catch (cause) {
  process.stderr.write(`\n${cause instanceof Error ? cause.message : String(cause)}\n`);
  await stopAll(1);
}
