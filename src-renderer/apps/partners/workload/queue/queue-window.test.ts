import { expect, it, vi } from "vitest";
import type { WorkPage, WorkRow } from "#shared/ipc/views.ts";
import { QueueWindows } from "./queue-window.ts";

const total = 100_000;
const row = (index: number) => ({ id: `row-${index}` }) as WorkRow;
const page = (offset: number, limit: number): WorkPage => ({
  offset,
  total,
  rows: Array.from({ length: limit }, (_, i) => row(offset + i)),
});

const opened = () => {
  const live = new Set<number>();
  const windows = new QueueWindows(async (offset, limit, signal) => {
    live.add(offset);
    signal.addEventListener("abort", () => live.delete(offset));
    return (async function* () {
      yield page(offset, limit);
      await new Promise(() => {});
    })();
  });
  return { windows, live };
};

it("[PAR-2] a queue of 100,000 knows its length and keeps only windows near the eye live", async () => {
  const { windows, live } = opened();
  windows.look(0, 20);
  await vi.waitFor(() => expect(windows.snapshot().total).toBe(total));
  expect(windows.snapshot().row(7)?.id).toBe("row-7");
  expect(windows.snapshot().row(50_000)).toBeUndefined();

  windows.look(49_990, 50_010);
  await vi.waitFor(() => expect(windows.snapshot().row(50_000)?.id).toBe("row-50000"));
  expect([...live].sort()).toEqual([49_900, 50_000]);
  expect(windows.snapshot().indexOf("row-50003")).toBe(50_003);

  windows.close();
  expect(live.size).toBe(0);
});

it("[PAR-2] a window that breaks is opened again, and said to have failed only when it stays away", async () => {
  let tries = 0;
  const windows = new QueueWindows(
    async (offset, limit) => {
      tries += 1;
      if (tries < 6) throw new Error("gone");
      return (async function* () {
        yield page(offset, limit);
        await new Promise(() => {});
      })();
    },
    () => new Promise((resolve) => setTimeout(resolve, 1)),
  );
  const failures: boolean[] = [];
  windows.subscribe(() => failures.push(windows.snapshot().failed));
  windows.look(0, 10);
  await vi.waitFor(() => expect(windows.snapshot().row(3)?.id).toBe("row-3"));
  expect(failures).toEqual([true, false]);
  windows.close();
});
