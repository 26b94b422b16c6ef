import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../peers");

/** Makes PouchDB available, which only the benchmark uses; null, or why it cannot be had. */
export const installPeers = (say: (line: string) => void): string | null => {
  if (existsSync(join(folder, "node_modules/pouchdb"))) return null;
  say("Installing PouchDB, the peer to compare with, into bench/peers (once)…");
  try {
    execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
      timeout: 60_000,
    });
    return null;
  } catch (cause) {
    const [first = "npm ci failed"] = String((cause as { stderr?: Buffer }).stderr ?? cause)
      .trim()
      .split("\n");
    return `PouchDB could not be installed in bench/peers: ${first}`;
  }
};
