import { mkdtempSync, rmSync, statSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Gate } from "./gate.ts";

const folder = mkdtempSync(join(tmpdir(), "gate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const gate = new Gate(folder, 4080);
const ask = (headers: Record<string, string>, url = "/") =>
  gate.check({
    headers: { host: "127.0.0.1:4080", ...headers },
    url,
  } as unknown as IncomingMessage);
const cookie = `riversync_4080=${gate.key}`;

describe("the loopback host lets in", () => {
  test("who brings the key in the address, once, and its cookie from then on", () => {
    expect(ask({}, `/?key=${gate.key}`)).toMatchObject({ reason: "key-in-address" });
    expect(ask({ cookie: `other=1; ${cookie}` })).toEqual({ pass: true });
  });

  test.each([
    ["nothing", {}, "no-key"],
    ["another key", { cookie: "riversync_4080=guess" }, "no-key"],
    [
      "the cookie of another host on this machine",
      { cookie: `riversync_4081=${gate.key}` },
      "no-key",
    ],
    ["the cookie, from another page", { cookie, origin: "https://evil.example" }, "foreign-origin"],
    [
      "the cookie, from another port",
      { cookie, origin: "http://127.0.0.1:9999" },
      "foreign-origin",
    ],
    ["the cookie, from a page without an origin", { cookie, origin: "null" }, "foreign-origin"],
    [
      "the cookie, by another name of this machine",
      { cookie, host: "evil.example:4080" },
      "foreign-host",
    ],
  ])("nobody with %s", (_name, headers, reason) => {
    expect(ask(headers)).toEqual({ pass: false, reason });
  });

  test("whoever may read the owner's files, and nobody else", () => {
    expect(statSync(join(folder, "host-key")).mode & 0o077).toBe(0);
    expect(new Gate(folder, 4080).key).toBe(gate.key);
  });
});
