import { EventEmitter } from "node:events";
import { expect, it, vi } from "vitest";

const fake = vi.hoisted(() => ({ exposed: new Map<string, unknown>(), send: vi.fn() }));
const renderer = vi.hoisted(() => ({ ipcRenderer: null as EventEmitter | null }));

vi.mock("electron", () => {
  renderer.ipcRenderer = Object.assign(new EventEmitter(), { send: fake.send });
  return {
    ipcRenderer: renderer.ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) => fake.exposed.set(name, api),
    },
  };
});

it("gives the page a way to ask for a port, and hands over ports: nothing else", async () => {
  const postMessage = vi.fn();
  vi.stubGlobal("window", { postMessage });
  await import("./preload.ts");
  const api = fake.exposed.get("riversync") as { port: (...given: unknown[]) => void };
  expect([...fake.exposed.keys()]).toEqual(["riversync"]);
  expect(Object.keys(api)).toEqual(["port"]);
  api.port("anything", { the: "page says" });
  expect(fake.send).toHaveBeenCalledExactlyOnceWith("core:ask-port");

  const port = { a: "port" };
  renderer.ipcRenderer?.emit("core:give-port", { ports: [port], sender: "secret" }, "more");
  expect(postMessage).toHaveBeenCalledExactlyOnceWith(
    { type: "riversync-core-port" },
    "app://riversync",
    [port],
  );
  vi.unstubAllGlobals();
});
