import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { ASK_PORT, type ChannelFromPage, PORT_MESSAGE } from "./channels.ts";
import { createIpcGate } from "./ipc-gate.ts";
import { createFakeElectron } from "./testing/fake-electron.ts";
import { FakeContents, type FakeFrame } from "./testing/fake-page.ts";
import { keptLog, testFolder } from "./testing/quiet.ts";

const setUp = (channel: string = ASK_PORT) => {
  const fake = createFakeElectron(testFolder());
  const page = new FakeContents();
  page.url = "app://riversync/index.html";
  const { log, lines } = keptLog();
  const isOurs = (contents: unknown) => contents === page;
  const handled = vi.fn();
  const gate = createIpcGate({ ipcMain: fake.electron.ipcMain, isOurs, log });
  gate.on(channel as ChannelFromPage, handled);
  return { page, handled, lines, send: fake.send };
};

describe("the gate for messages from pages", () => {
  it("lets our page's main frame pass", () => {
    const { page, handled, send } = setUp();
    send(page, ASK_PORT);
    expect(handled).toHaveBeenCalledExactlyOnceWith(page);
  });

  const refused: [string, (frame: FakeFrame) => FakeFrame | null, string][] = [
    ["a frame that is gone", () => null, "no-frame"],
    ["a frame inside the page", (frame) => ({ ...frame, parent: {} }), "not-main-frame"],
    ["another origin", (frame) => ({ ...frame, origin: "https://evil.example" }), "foreign-origin"],
    [
      "an origin that begins like ours",
      (frame) => ({ ...frame, origin: "app://riversync.evil" }),
      "foreign-origin",
    ],
    [
      "a look-alike address",
      (frame) => ({ ...frame, url: "app://riversync@evil/" }),
      "foreign-origin",
    ],
    ["an opaque origin", (frame) => ({ ...frame, origin: "null" }), "foreign-origin"],
  ];
  it.each(refused)("refuses %s, and says so in the log", (_name, change, reason) => {
    const { page, handled, lines, send } = setUp();
    send(page, ASK_PORT, change(page.frame));
    expect(handled).not.toHaveBeenCalled();
    expect(lines.join()).toContain(reason);
  });

  it("refuses a window that is not ours", () => {
    const { handled, lines, send } = setUp();
    const other = new FakeContents();
    other.url = "app://riversync/index.html";
    send(other, ASK_PORT);
    expect(handled).not.toHaveBeenCalled();
    expect(lines.join()).toContain("foreign-window");
  });

  it("refuses a channel that is not on the list", () => {
    const { page, handled, send } = setUp("core:everything");
    send(page, "core:everything");
    expect(handled).not.toHaveBeenCalled();
  });

  it("is the only place that listens to pages", () => {
    const listening = readdirSync(import.meta.dirname)
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .filter((name) =>
        /ipcMain\s*\.\s*(on|once|handle|handleOnce|addListener)\b/.test(
          readFileSync(join(import.meta.dirname, name), "utf8"),
        ),
      );
    expect(listening).toEqual(["ipc-gate.ts"]);
  });

  it("names the port's message as the renderer does", () => {
    const renderer = join(import.meta.dirname, "../../src-renderer/data/connect.ts");
    expect(readFileSync(renderer, "utf8")).toContain(`"${PORT_MESSAGE}"`);
  });
});
