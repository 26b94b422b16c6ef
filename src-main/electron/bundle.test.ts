import { fork } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { programs } from "../../vite.electron.config.ts";
import { testFolder } from "./testing/quiet.ts";

const root = join(import.meta.dirname, "../..");
const outDir = join(root, "dist", `electron-test-${process.pid}`);

/** What a built program loads while it runs. */
const loads = (program: string): string[] => {
  const text = readFileSync(join(outDir, `${program}.cjs`), "utf8");
  const names = [...text.matchAll(/= require\("([^"]+)"\)/g)].map(([, name = ""]) => name);
  const builtin = (name: string) => name.startsWith("node:") || builtinModules.includes(name);
  return [...new Set(names.filter((name) => !builtin(name)))];
};

/** Stands in for Electron's utility process: the same messages over Node's own channel. */
const stage = `
const { EventEmitter } = require("node:events");
const { MessageChannel } = require("node:worker_threads");
const parent = new EventEmitter();
parent.postMessage = (message) => process.send({ parent: message });
process.parentPort = parent;
require(process.argv[2]);
process.on("message", ({ data, request }) => {
  if (!request) return parent.emit("message", { data, ports: [] });
  const { port1, port2 } = new MessageChannel();
  port2.on("message", (answer) => process.send({ answer }));
  parent.emit("message", { data, ports: [port1] });
  port2.postMessage(request);
});
`;

describe("the built programs", () => {
  beforeAll(async () => {
    const configFile = join(root, "vite.electron.config.ts");
    for (const mode of programs) {
      await build({ root, configFile, mode, logLevel: "error", build: { outDir } });
    }
  });
  afterAll(() => rmSync(outDir, { recursive: true, force: true }));

  it("load only what is there when they run", () => {
    expect(loads("main")).toEqual(["electron"]);
    expect(loads("core-process")).toEqual(["better-sqlite3-multiple-ciphers"]);
  });

  it("have a preload that the sandbox can run: one file, which needs Electron alone", () => {
    expect(loads("preload")).toEqual(["electron"]);
    const text = readFileSync(join(outDir, "preload.cjs"), "utf8");
    expect(text).not.toMatch(/\bimport\b|\brequire\("(?!electron")/);
  });

  it("have a core that runs as built, answers over a port and stops when told", async () => {
    const folder = testFolder();
    const file = join(folder, "stage.cjs");
    writeFileSync(file, stage);
    const child = fork(file, [join(outDir, "core-process.cjs")], { stdio: "inherit" });
    const answer = new Promise<string>((resolve) => {
      child.on("message", (message: { answer?: unknown }) => {
        if (message.answer !== undefined) resolve(String(message.answer));
      });
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const settings = {
      dataFolder: join(folder, "data"),
      serverUrl: "https://sync.example",
      issuer: "https://id.example",
      clientId: "desktop",
      version: "9.9.9",
      secretStore: "owner-only-file",
    };
    child.send({ data: { type: "start", settings } });
    // As the renderer's link writes it.
    const request = JSON.stringify({ i: "1", p: { u: "/host/info", b: {} } });
    child.send({ data: { type: "port" }, request });
    expect(await answer).toContain("9.9.9");
    child.send({ data: { type: "stop" } });
    expect(await ended).toBe(0);
  });
});
