import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { Bell } from "../testing/bell.ts";
import { useConnection } from "./connection.ts";
import { type CoreClient, CoreProvider } from "./core.ts";
import { useLive } from "./use-live.ts";

afterEach(cleanup);

const core = {} as CoreClient;
const wrapper = ({ children }: { children: ReactNode }) => (
  <CoreProvider core={core}>{children}</CoreProvider>
);

describe("a live query", () => {
  it("says what is, then each change, and leaves when its reader does", async () => {
    const bell = new Bell();
    let value = 1;
    let left = false;
    const { result, unmount } = renderHook(
      () =>
        useLive<number>(async (_core, signal) => {
          signal.addEventListener("abort", () => {
            left = true;
          });
          return bell.follow(() => value, signal);
        }, []),
      { wrapper },
    );
    await waitFor(() => expect(result.current).toEqual({ state: "live", value: 1, stale: false }));
    value = 2;
    act(() => bell.ring());
    await waitFor(() => expect(result.current).toMatchObject({ value: 2 }));
    unmount();
    expect(left).toBe(true);
  });

  it("keeps the last answer while it asks anew", async () => {
    const bell = new Bell();
    const never = new Promise<AsyncIterable<string>>(() => undefined);
    const { result, rerender } = renderHook(
      ({ ask }: { ask: string }) =>
        useLive<string>(
          async (_core, signal) => (ask === "b" ? never : bell.follow(() => ask, signal)),
          [ask],
        ),
      { wrapper, initialProps: { ask: "a" } },
    );
    await waitFor(() => expect(result.current).toMatchObject({ value: "a", stale: false }));
    rerender({ ask: "b" });
    await waitFor(() => expect(result.current).toEqual({ state: "live", value: "a", stale: true }));
  });

  it("opens again by itself after the way was lost", async () => {
    useConnection.setState({ way: "open" });
    let opened = 0;
    const { result } = renderHook(
      () =>
        useLive<number>(async () => {
          opened += 1;
          const n = opened;
          return (async function* () {
            yield n;
            if (n === 1) throw new Error("lost");
            await new Promise(() => undefined);
          })();
        }, []),
      { wrapper },
    );
    await waitFor(() => expect(result.current).toEqual({ state: "live", value: 2, stale: false }), {
      timeout: 3000,
    });
  });
});
