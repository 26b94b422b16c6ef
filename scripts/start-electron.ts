import { spawn } from "node:child_process";
import { buildElectron } from "./build-electron.ts";
import { type Running, root } from "./processes.ts";

/** Builds the client and opens it in Electron. */
export const startElectron = async (
  binary: string,
  at: { data: string; server: string; issuer: string },
): Promise<Running<unknown>> => {
  await buildElectron();
  const args = [root, "--data", at.data, "--server", at.server, "--issuer", at.issuer];
  const child = spawn(binary, args, {
    cwd: root,
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve).once("error", reject);
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(late);
  };
  return { ready: {}, child, stop };
};
