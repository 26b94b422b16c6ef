import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { Command, InvalidArgumentError } from "commander";
import open from "open";
import { buildRenderer } from "./build-renderer.ts";
import { electronBinary, fetchElectron } from "./electron-binary.ts";
import { type Running, root, run } from "./processes.ts";
import { type ServerReady, ServerSwitch } from "./server-switch.ts";
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

const say = (text = "") => process.stdout.write(`${text}\n`);
let client: Running<unknown> | null = null;
let server: ServerSwitch | null = null;

let stopping = false;

/** Ends every part in order, once: the parts' own ends are no news after that. */
const stopAll = async (code: number): Promise<void> => {
  if (stopping) return;
  stopping = true;
  // The client first: it hands in nothing more, and the server closes on quiet connections.
  await client?.stop();
  await server?.stop();
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
  let url = `http://127.0.0.1:${options.serverPort}`;
  let issuer = `http://127.0.0.1:${options.issuerPort}`;
  if (!options.clientOnly) {
    const args = ["--server-port", options.serverPort, "--issuer-port", options.issuerPort];
    server = new ServerSwitch(["--data", data, ...args], (text) => say(`\n${text}`));
    const ready = await server.start();
    ({ url, issuer } = ready);
    say(`\nDemo accounts (password for all: ${ready.password})`);
    say(accountTable(ready.accounts));
  }
  const where = await startClient(data, url, issuer);
  say(`\n  RiverSync   ${where}`);
  say(`  Sync server ${url}`);
  say(`  Sign-in     ${issuer}`);
  say(`  Data        ${data}`);
  if (server !== null && process.stdin.isTTY) {
    say("\no and Enter takes the server away, and brings it back: try it offline.");
    listen(server);
  }
  say("\nCtrl-C stops everything; the data stays.");
};

const listen = (theServer: ServerSwitch): void => {
  createInterface({ input: process.stdin }).on("line", (line) => {
    if (line.trim() === "o") theServer.toggle().catch((cause) => say(String(cause)));
  });
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

/** When the person closes the client, everything else ends too. */
const endsWithUs = <Ready>(started: Running<Ready>): Running<Ready> => {
  started.child.once("exit", (code) => {
    if (!stopping) void stopAll(code ?? 1);
  });
  return started;
};

const startClient = async (data: string, url: string, issuer: string): Promise<string> => {
  const binary = electronHere();
  if (binary === null && options.host === "electron") {
    throw new Error("Electron's binary cannot be had here: use --host browser.");
  }
  if (binary !== null) {
    client = endsWithUs(await startElectron(binary, { data, server: url, issuer }));
    return "in its own window";
  }
  const host = await run<{ url: string }>("src-main/browser/main.ts", [
    ...["--data", data, "--port", options.port],
    ...["--server", url, "--issuer", issuer],
  ]);
  client = endsWithUs(host);
  if (options.open && hasDisplay && !process.env.CI) await open(host.ready.url);
  return host.ready.url;
};

process.on("SIGINT", () => void stopAll(0));
process.on("SIGTERM", () => void stopAll(0));

try {
  await main();
} catch (cause) {
  process.stderr.write(`\n${cause instanceof Error ? cause.message : String(cause)}\n`);
  await stopAll(1);
}
