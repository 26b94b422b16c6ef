import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { features } from "../apps/account/routes.ts";
import type { FakeOptions, FakeState } from "./fake-state.ts";
import { renderApp } from "./render-app.tsx";

vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  // What a browser has and this one has not: a size, fonts that load, and places to scroll to.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
  for (const side of ["clientHeight", "clientWidth", "offsetHeight", "offsetWidth"]) {
    Object.defineProperty(HTMLElement.prototype, side, { get: () => 900, configurable: true });
  }
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(cleanup);

/** Opens a page of Account as an administrator, unless told otherwise. */
export const openAccount = (path: string, options: FakeOptions = {}) =>
  renderApp(`/account/${path}`, { desk: "0", template: "administrator", ...options }, features);

/** The changes that wait for the server, as type and payload. */
export const made = (state: FakeState) =>
  [...state.pending.values()].flat().map(({ type, payload }) => ({ type, payload }));

/** Types into the field with a name. */
export const type = (name: string | RegExp, value: string) =>
  fireEvent.change(screen.getByRole("textbox", { name }), { target: { value } });

/** Presses the button with a name, once it is there and can be pressed. */
export const press = async (name: string | RegExp) => {
  await vi.waitFor(
    () => {
      if (screen.getByRole<HTMLButtonElement>("button", { name }).disabled) {
        throw new Error(`${name} cannot be pressed`);
      }
    },
    { timeout: 10_000 },
  );
  fireEvent.click(screen.getByRole("button", { name }));
};

/** Chooses from the select with a name. */
export const choose = async (name: string | RegExp, option: string | RegExp) => {
  fireEvent.click(await screen.findByRole("combobox", { name }));
  fireEvent.click(await screen.findByRole("option", { name: option }));
};
