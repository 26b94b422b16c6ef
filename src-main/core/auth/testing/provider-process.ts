import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { z } from "zod";

const program = fileURLToPath(
  new URL("../../../../sync-server/identity/provider/testing/serve.ts", import.meta.url),
);

export const clientId = "riversync-desktop";
export const password = "correct horse";
export const nok = {
  sub: "acc-nok",
  tenant: "nera",
  apps: { partners: "coordinator" },
  name: "Nok",
  email: "nok@nera.example",
  locale: "th",
};

/** Somebody else, with the same password. */
export const other = {
  ...{ id: "acc-lek", tenantId: "mega", login: "lek", suspended: false },
  ...{ apps: { partners: "sales" }, name: "Lek", email: "lek@mega.example", locale: "th" },
};

/** The account as the provider knows it. */
const account = (apps: object) => {
  const { sub: id, tenant: tenantId, ...who } = nok;
  return { ...who, id, tenantId, apps, login: "nok", suspended: false };
};

/** A directory that goes away with the test. */
export const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), "auth-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
};

interface ProviderOptions {
  databaseFile: string;
  port?: number;
  apps?: object;
}

/** The real provider in a process of its own; whoever launches it stops it. */
const launchProvider = async (of: ProviderOptions) => {
  const options = {
    port: of.port ?? 0,
    databaseFile: of.databaseFile,
    clientId,
    resource: "http://127.0.0.1:9/sync",
    password,
    accounts: [account(of.apps ?? nok.apps), other],
  };
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = await Promise.race([
    once(createInterface(child.stdout), "line"),
    once(child, "exit").then(() => {
      throw new Error("the provider did not start");
    }),
  ]);
  const { issuer } = z.object({ issuer: z.string() }).parse(JSON.parse(line));
  return { issuer, kill: () => stop(child) };
};

/** One provider for all tests of a file that leave it as it is. */
export const useSharedProvider = (): { issuer: string } => {
  const shared = { issuer: "" };
  const directory = mkdtempSync(join(tmpdir(), "auth-"));
  let kill: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const provider = await launchProvider({ databaseFile: join(directory, "identity.db") });
    ({ kill } = provider);
    shared.issuer = provider.issuer;
  });
  afterAll(async () => {
    await kill?.();
    rmSync(directory, { recursive: true, force: true });
  });
  return shared;
};

/** A provider that ends with the test, and can be killed and started again before. */
export const startProvider = async () => {
  const databaseFile = join(temporaryDirectory(), "identity.db");
  const start = async (options: ProviderOptions) => {
    const provider = await launchProvider(options);
    onTestFinished(provider.kill);
    return provider;
  };
  const first = await start({ databaseFile });
  const port = Number(new URL(first.issuer).port);
  return {
    ...first,
    /** The same provider again, at the same address. */
    restart: (changed: { apps?: object } = {}) => start({ databaseFile, port, ...changed }),
  };
};
