import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { workloadFeature } from "../apps/partners/workload/feature.tsx";
import type { FakeOptions, FakeState } from "./fake-state.ts";
import { renderApp } from "./render-app.tsx";

vi.setConfig({ testTimeout: 20_000 });

beforeEach(() => {
  // What a browser has and this one has not: a size, and fonts that load.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
  for (const side of ["clientHeight", "clientWidth"]) {
    Object.defineProperty(HTMLElement.prototype, side, { get: () => 900, configurable: true });
  }
});
afterEach(cleanup);

/** Opens the workload and waits for its list. */
export const open = async (search = "", options: FakeOptions = { desk: "0" }) => {
  const app = renderApp(`/partners/workload${search}`, options, [workloadFeature]);
  await screen.findByRole("listbox", { name: /Work|งาน/ });
  return app;
};
/** The lines that are drawn. */
export const rows = () =>
  within(screen.getByRole("listbox", { name: /Work|งาน/ })).getAllByRole("option");
/** The selected line. */
export const selected = () => rows().find((row) => row.getAttribute("aria-selected") === "true");
/** Presses a key anywhere on the page. */
export const press = (key: string, code = `Key${key.toUpperCase()}`) =>
  fireEvent.keyDown(document.body, { key, code });
/** The reference a line says. */
export const refOf = (row: HTMLElement | undefined) =>
  /[TAV]-\w{6}/.exec(row?.getAttribute("aria-label") ?? "")?.[0];
/** The detail, once it is there. */
export const detail = () => screen.findByRole("article");
/** The changes that wait for the server. */
export const made = (state: FakeState) => [...state.pending.values()].flat();
/** The id of a record of the fake world. */
export const link = (state: FakeState, kind: "ticket" | "alarm" | "visit", index = 0) => {
  const found = [...state.records.values()].filter((r) => r.kind === kind)[index];
  return found?.data.id ?? "";
};
