import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useConnection } from "./connection.ts";
import { type Called, PathToCore } from "./path-to-core.ts";

const link = (): Called => ({ call: async () => undefined });

beforeEach(() => {
  vi.useFakeTimers();
  useConnection.setState({ way: "connecting" });
});
afterEach(() => vi.useRealTimers());

describe("the way to the core", () => {
  it("lets a call wait for it", async () => {
    const path = new PathToCore();
    path.start(() => undefined);
    const waiting = path.link(undefined);
    const opened = link();
    path.opened(opened);
    expect(await waiting).toBe(opened);
    expect(useConnection.getState().way).toBe("open");
  });

  it("is mended after a break, and a stale close does not break the new one", async () => {
    const path = new PathToCore();
    const reopen = vi.fn();
    path.start(reopen);
    const first = link();
    path.opened(first);
    path.closed(first);
    expect(useConnection.getState().way).toBe("lost");
    await vi.advanceTimersByTimeAsync(400);
    expect(reopen).toHaveBeenCalledTimes(2);
    const second = link();
    path.opened(second);
    path.closed(first);
    expect(useConnection.getState().way).toBe("open");
    expect(await path.link(undefined)).toBe(second);
  });

  it("counts as stopped after a while, and goes on trying", async () => {
    const path = new PathToCore();
    const reopen = vi.fn(() => path.closed(null));
    path.start(reopen);
    await vi.advanceTimersByTimeAsync(9000);
    expect(useConnection.getState().way).toBe("stopped");
    const tries = reopen.mock.calls.length;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(reopen.mock.calls.length).toBeGreaterThan(tries);
    path.opened(link());
    expect(useConnection.getState().way).toBe("open");
  });

  it("lets nobody wait for ever", async () => {
    const path = new PathToCore();
    path.start(() => undefined);
    const call = expect(path.link(undefined)).rejects.toThrow("cannot be reached");
    await vi.advanceTimersByTimeAsync(10_000);
    await call;
  });
});
