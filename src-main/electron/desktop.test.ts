import { join } from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Contract } from "#shared/ipc/contract.ts";
import { runCoreProcess } from "./core-process.ts";
import { launch } from "./launch.ts";
import { createFakeElectron } from "./testing/fake-electron.ts";
import type { FakeContents } from "./testing/fake-page.ts";
import { testFolder } from "./testing/quiet.ts";

/** The whole program on the fake Electron, with the real core in its process. */
const launchDesktop = async (
  prepare: (fake: ReturnType<typeof createFakeElectron>) => void = () => undefined,
) => {
  const folder = testFolder();
  const fake = createFakeElectron(folder, (parent, exit) => runCoreProcess(parent.port, exit));
  prepare(fake);
  onTestFinished(async () => {
    fake.app.quit();
    await vi.waitUntil(() => fake.app.ended !== null);
  });
  launch(fake.electron, { argv: ["--data", folder], settingsFile: join(folder, "none.json") });
  const window = await vi.waitUntil(() => fake.windows[0]);
  const child = await vi.waitUntil(() => fake.children[0]);
  await vi.waitUntil(() => child.types.includes("start"));
  /** What the renderer does with the port it asked for. */
  const ask = (page: FakeContents) => {
    fake.send(page, "core:ask-port");
    const port = page.posted.at(-1)?.ports[0];
    if (port === undefined) throw new Error("no port was given");
    const client = createORPCClient<ContractRouterClient<Contract>>(new RPCLink({ port }));
    port.start();
    return client;
  };
  return { ...fake, folder, window, child, ask };
};

describe("the desktop program", () => {
  it("brings the page to the core, which says where it runs and how it keeps secrets", async () => {
    const { window, ask, folder } = await launchDesktop();
    const info = await ask(window.webContents).host.info();
    expect(info).toEqual({
      ok: true,
      value: {
        host: "electron",
        version: "1.2.3",
        serverUrl: "http://127.0.0.1:4070",
        dataFolder: join(folder, "electron", "core"),
        secretStore: "os-keystore",
      },
    });
  });

  it("says so where the system has no keystore", async () => {
    const { window, ask } = await launchDesktop(({ safeStorage }) => {
      safeStorage.available = false;
    });
    const info = await ask(window.webContents).host.info();
    expect(info).toMatchObject({ ok: true, value: { secretStore: "owner-only-file" } });
  });

  it("streams live queries, and speaks the language that is chosen in the product", async () => {
    const { window, ask, menus } = await launchDesktop();
    const core = ask(window.webContents);
    expect(JSON.stringify(menus.at(-1))).toContain("Sync now");
    const seen: unknown[] = [];
    const stop = new AbortController();
    const watching = (async () => {
      const live = await core.preferences.watch(undefined, { signal: stop.signal });
      for await (const { language } of live) seen.push(language);
    })().catch(() => undefined);
    await vi.waitUntil(() => seen.length === 1);
    await core.preferences.save({ language: "th" });
    await vi.waitUntil(() => seen.length === 2);
    expect(seen).toEqual([null, "th"]);
    await vi.waitUntil(() => JSON.stringify(menus.at(-1)).includes("ซิงค์ตอนนี้"));
    stop.abort();
    await watching;
  });

  it("goes on with a new core after the old one died", async () => {
    const { window, child, children, ask } = await launchDesktop();
    await ask(window.webContents).host.info();
    child.exit(139);
    await vi.waitUntil(() => children[1]?.types.includes("port"));
    expect((await ask(window.webContents).host.info()).ok).toBe(true);
  });

  it("asks for a sync when the device wakes up or comes back into a network", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const { child, network, powerMonitor } = await launchDesktop();
    const syncs = () => child.types.filter((type) => type === "sync-now").length;
    powerMonitor.emit("resume");
    expect(syncs()).toBe(1);
    network.online = false;
    vi.advanceTimersByTime(20_000);
    expect(syncs()).toBe(1);
    network.online = true;
    vi.advanceTimersByTime(20_000);
    expect(syncs()).toBe(2);
  });

  it("runs once: a second start shows the window of the first", async () => {
    const { app, window, windows } = await launchDesktop();
    window.minimized = true;
    app.emit("second-instance");
    expect(windows).toHaveLength(1);
    expect(window).toMatchObject({ minimized: false, focused: 1 });

    const second = createFakeElectron(testFolder());
    second.app.only = false;
    launch(second.electron, { argv: [], settingsFile: "/none" });
    await Promise.resolve();
    expect(second.app.ended).toBe(0);
    expect([...second.windows, ...second.children, ...second.schemes]).toEqual([]);
  });

  it("quits only after the core has stopped in order", async () => {
    const { app, child, window, ask } = await launchDesktop();
    await ask(window.webContents).host.info();
    const closed = vi.fn();
    window.webContents.posted.at(-1)?.ports[0]?.on("close", closed);
    app.quit();
    expect(app.ended).toBeNull();
    await vi.waitUntil(() => app.ended === 0);
    expect(child).toMatchObject({ alive: false, killed: false });
    expect(child.types.at(-1)).toBe("stop");
    await vi.waitUntil(() => closed.mock.calls.length === 1);
  });

  it("does not start with settings that would send secrets in the clear", () => {
    const fake = createFakeElectron(testFolder());
    launch(fake.electron, { argv: ["--issuer", "http://id.example"], settingsFile: "/none" });
    expect(fake.app.ended).toBe(1);
    expect(fake.errors.join()).toContain("https is needed");
  });
});
