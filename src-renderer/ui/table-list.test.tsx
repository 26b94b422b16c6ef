import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { features } from "../apps/portal/routes.ts";
import { renderApp } from "../testing/render-app.tsx";

vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  for (const side of ["clientHeight", "clientWidth", "offsetHeight", "offsetWidth"]) {
    Object.defineProperty(HTMLElement.prototype, side, { get: () => 260, configurable: true });
  }
});
afterEach(cleanup);

const openList = async () => {
  renderApp("/portal/devices", { tenant: "customer", template: "administrator" }, features);
  const list = await screen.findByRole("list", { name: "My devices" });
  await within(list).findAllByRole("link");
  return within(list);
};

describe("a table list", () => {
  it("draws what is in sight, and says how many rows there are", async () => {
    const list = await openList();
    const items = list.getAllByRole("listitem");
    expect(items.length).toBeLessThan(26);
    expect(items.map((item) => item.getAttribute("aria-posinset")).slice(0, 2)).toEqual(["1", "2"]);
    expect(items[0]?.getAttribute("aria-setsize")).toBe("26");
  });

  it("moves among its rows with the arrows, J and K, and stays at its ends", async () => {
    const list = await openList();
    const row = (n: number) => list.getAllByRole("link")[n] as HTMLElement;
    const press = async (key: string, code: string, n: number) => {
      fireEvent.keyDown(document.activeElement ?? document.body, { key, code });
      await waitFor(() => expect(document.activeElement).toBe(row(n)));
    };
    row(0).focus();
    await press("ArrowDown", "ArrowDown", 1);
    await press("่", "KeyJ", 2);
    await press("k", "KeyK", 1);
    await press("ArrowUp", "ArrowUp", 0);
    await press("ArrowUp", "ArrowUp", 0);
  });
});
