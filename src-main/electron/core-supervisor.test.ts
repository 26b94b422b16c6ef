import type { UtilityProcess, WebContents } from "electron";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GIVE_PORT } from "./channels.ts";
import type { Answer, Ask, CoreSettings } from "./core-messages.ts";
import { CoreSupervisor } from "./core-supervisor.ts";
import { createFakeElectron } from "./testing/fake-electron.ts";
import { FakeContents } from "./testing/fake-page.ts";
import { FakeChild } from "./testing/fake-ports.ts";
import { keptLog, testFolder } from "./testing/quiet.ts";

const settings: CoreSettings = {
  dataFolder: "/data",
  serverUrl: "https://sync.example",
  issuer: "https://id.example",
  clientId: "desktop",
  version: "1.2.3",
  secretStore: "os-keystore",
};

const setUp = (answer: (ask: Ask) => Promise<Answer> = async () => ({ ok: true, value: "" })) => {
  const children: FakeChild[] = [];
  const { electron } = createFakeElectron(testFolder());
  const onLanguage = vi.fn();
  const core = new CoreSupervisor({
    fork: () => {
      const child = new FakeChild();
      children.push(child);
      return child as unknown as UtilityProcess;
    },
    createChannel: () => new electron.MessageChannelMain(),
    settings,
    answer,
    onLanguage,
    log: keptLog().log,
  });
  const child = (at: number): FakeChild => {
    const found = children[at];
    if (found === undefined) throw new Error(`no child ${at}`);
    return found;
  };
  const openPage = (url = "app://riversync/index.html") => {
    const page = new FakeContents();
    page.url = url;
    core.connect(page as unknown as WebContents);
    return page;
  };
  /** Starts the core and waits until it is up. */
  const start = () => {
    core.start();
    child(0).emit("spawn");
  };
  return { core, children, child, openPage, start, onLanguage };
};

describe("the supervisor of the core", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("gives each page a port of its own that leads straight to the core", async () => {
    const { child, openPage, start } = setUp();
    start();
    const [one, two] = [openPage(), openPage()];
    expect(child(0).types).toEqual(["start", "port", "port"]);
    expect(one.posted.map(({ channel }) => channel)).toEqual([GIVE_PORT]);
    const [atCore] = child(0).received[1]?.ports ?? [];
    const [atPage] = one.posted[0]?.ports ?? [];
    const heard = new Promise((resolve) => atCore?.on("message", resolve));
    atCore?.start();
    atPage?.postMessage("hello");
    expect(await heard).toMatchObject({ data: "hello" });
    expect(two.posted[0]?.ports[0]).not.toBe(atPage);
  });

  it("lets a page that comes too early wait, and gives it one port however often it asked", () => {
    const { core, child, openPage } = setUp();
    core.start();
    const page = openPage();
    core.connect(page as unknown as WebContents);
    expect(page.posted).toEqual([]);
    child(0).emit("spawn");
    expect(child(0).types).toEqual(["start", "port"]);
    expect(page.posted).toHaveLength(1);
  });

  it("gives no port to a page that stands elsewhere", () => {
    const { openPage, start } = setUp();
    start();
    expect(openPage("https://evil.example/app://riversync/").posted).toEqual([]);
  });

  it("starts a core that died again, with a new port for every page that is still there", () => {
    const { child, children, openPage, start } = setUp();
    start();
    const [stays, leaves] = [openPage(), openPage()];
    leaves.destroyed = true;
    leaves.emit("destroyed");
    child(0).exit(134);
    expect(children).toHaveLength(1);
    vi.advanceTimersByTime(100);
    child(1).emit("spawn");
    expect(child(1).types).toEqual(["start", "port"]);
    expect(stays.posted).toHaveLength(2);
    expect(leaves.posted).toHaveLength(1);
  });

  it("rests after five restarts in a minute, until a page asks later", () => {
    const { core, child, children, openPage, start } = setUp();
    start();
    for (let died = 0; died < 6; died += 1) {
      child(died).exit(1);
      vi.advanceTimersByTime(3_200);
    }
    expect(children).toHaveLength(6);
    expect(core.state).toBe("resting");
    openPage();
    expect(children).toHaveLength(6);
    vi.advanceTimersByTime(60_000);
    const page = openPage();
    expect(children).toHaveLength(7);
    child(6).emit("spawn");
    expect(page.posted).toHaveLength(1);
  });

  it("answers what the core asks, and only the one that asked", async () => {
    const waiting = Promise.withResolvers<Answer>();
    const { child, start } = setUp(() => waiting.promise);
    start();
    child(0).emit("message", { type: "ask", id: 7, ask: { kind: "encrypt", text: "x" } });
    child(0).exit(1);
    vi.advanceTimersByTime(100);
    child(1).emit("spawn");
    waiting.resolve({ ok: true, value: "eA==" });
    await vi.advanceTimersByTimeAsync(0);
    expect(child(1).types).toEqual(["start"]);
    child(1).emit("message", { type: "ask", id: 7, ask: { kind: "encrypt", text: "x" } });
    await vi.advanceTimersByTimeAsync(0);
    expect(child(1).received.at(-1)?.data).toMatchObject({ type: "answer", id: 7 });
  });

  it("does nothing on a message that is not in the protocol", async () => {
    const answer = vi.fn();
    const { child, onLanguage, start } = setUp(answer);
    start();
    child(0).emit("message", { type: "ask", id: 1, ask: { kind: "run", file: "/bin/sh" } });
    child(0).emit("message", { type: "language", language: "th" });
    expect(answer).not.toHaveBeenCalled();
    expect(onLanguage).toHaveBeenCalledExactlyOnceWith("th");
  });

  it("stops the core in order, and does not start it again", async () => {
    const { core, child, children, start } = setUp();
    start();
    const stopped = core.stop();
    expect(child(0).types).toEqual(["start", "stop"]);
    child(0).exit(0);
    await stopped;
    expect(child(0).killed).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect(children).toHaveLength(1);
  });

  it("ends a core that does not stop by itself", async () => {
    const { core, child, start } = setUp();
    start();
    const stopped = core.stop();
    vi.advanceTimersByTime(5_000);
    await stopped;
    expect(child(0).killed).toBe(true);
  });

  it("stops while it waits to restart", async () => {
    const { core, child, children, start } = setUp();
    start();
    child(0).exit(1);
    await core.stop();
    vi.advanceTimersByTime(60_000);
    expect(children).toHaveLength(1);
  });
});
