import { randomBytes, timingSafeEqual } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";

/** What the host decides about a request before anything else looks at it. */
export type Passage =
  | { pass: true }
  | { pass: false; reason: "foreign-host" | "foreign-origin" | "no-key" }
  | { pass: false; reason: "key-in-address"; cookie: string };

/**
 * Keeps everyone out who was not shown the address: any page in the person's browser can reach a
 * loopback port. A request must name this very host (against DNS rebinding), come from its own
 * pages, and carry the key, which the printed address brings and a cookie keeps.
 */
export class Gate {
  readonly key: string;
  readonly #hosts: Set<string>;
  readonly #cookieName: string;

  constructor(dataFolder: string, port: number) {
    this.key = hostKey(dataFolder);
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
    // Cookies know no ports: two hosts on one machine must not take each other's.
    this.#cookieName = `riversync_${port}`;
  }

  /** Whether a request for a page or the core may pass. */
  check(request: IncomingMessage): Passage {
    const host = request.headers.host ?? "";
    if (!this.#hosts.has(host)) return { pass: false, reason: "foreign-host" };
    const { origin } = request.headers;
    if (origin !== undefined && !this.#hosts.has(hostOf(origin))) {
      return { pass: false, reason: "foreign-origin" };
    }
    if (this.#fits(this.#cookieOf(request))) return { pass: true };
    const given = new URL(request.url ?? "/", `http://${host}`).searchParams.get("key") ?? "";
    if (!this.#fits(given)) return { pass: false, reason: "no-key" };
    const cookie = `${this.#cookieName}=${this.key}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000`;
    return { pass: false, reason: "key-in-address", cookie };
  }

  #cookieOf(request: IncomingMessage): string {
    const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
    return pairs.find(([name]) => name === this.#cookieName)?.[1] ?? "";
  }

  #fits(given: string): boolean {
    const a = Buffer.from(given);
    const b = Buffer.from(this.key);
    return a.length === b.length && timingSafeEqual(a, b);
  }
}

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : "");

const hostKey = (folder: string): string => {
  const file = join(folder, "host-key");
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    const key = randomBytes(24).toString("base64url");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, key, { mode: 0o600 });
    return key;
  }
};
