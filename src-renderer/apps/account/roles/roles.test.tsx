import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { made, openAccount, press, type } from "../../../testing/account-screen.ts";
import { TECHNICIAN, UNHELD } from "../../../testing/fake-people.ts";
import { fakeRole } from "../../../testing/fake-viewer.ts";

const owner = fakeRole("owner", { kind: "partner", subtype: "reseller" }).id;

describe("[WF-8] roles are made here, and their powers are not", () => {
  it("creates a role from a template without levels, and leads to Permissions", async () => {
    const { state, path } = openAccount("roles");
    await press("New role");
    await screen.findByRole("dialog");
    type(/^Name/, "Field lead");
    await press("Create and set its powers");
    await waitFor(() => expect(path()).toBe("/account/permissions"));
    expect(made(state)).toEqual([
      {
        type: "role.create",
        payload: { name: "Field lead", template: "coordinator", apps: ["partners"] },
      },
    ]);
    const panel = await screen.findByRole("article");
    expect(within(panel).getByRole("heading", { name: "Field lead" })).toBeDefined();
  });

  it("offers nothing that sets a power", async () => {
    openAccount(`roles/${TECHNICIAN}`);
    const detail = within(await screen.findByRole("article"));
    await detail.findByRole("button", { name: "Rename" });
    const powers = within(detail.getByRole("region", { name: "What it gives" }));
    expect(powers.queryAllByRole("button")).toEqual([]);
    expect(powers.getByRole("link", { name: "Set its powers" })).toBeDefined();
  });
});

describe("[FED-7] the set of roles", () => {
  it("refuses a name that is taken, in words, and keeps what was typed", async () => {
    const { state } = openAccount("roles");
    await press("New role");
    await screen.findByRole("dialog");
    type(/^Name/, "technician");
    await press("Create and set its powers");
    expect(await screen.findByRole("alert")).toBeDefined();
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: /^Name/ }).value).toBe(
      "technician",
    );
    expect(made(state)).toEqual([]);
  });

  it("does not remove a role that somebody holds, and says how many do", async () => {
    const { state } = openAccount(`roles/${TECHNICIAN}`);
    const article = within(await screen.findByRole("article"));
    const remove = await article.findByRole<HTMLButtonElement>("button", { name: "Remove" });
    expect(await article.findByText("held by 4 people")).toBeDefined();
    expect(await article.findByRole("img", { name: /4/ })).toBeDefined();
    expect(remove.disabled).toBe(true);
    expect(made(state)).toEqual([]);
  });

  it("removes a role that nobody holds, after asking", async () => {
    const { state } = openAccount(`roles/${UNHELD}`);
    await press("Remove");
    const dialog = within(await screen.findByRole("dialog"));
    fireEvent.click(dialog.getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(made(state)).toEqual([{ type: "role.remove", payload: {} }]));
  });

  it("[FED-8] shows the owner's as fixed and full", async () => {
    openAccount(`roles/${owner}`);
    const article = within(await screen.findByRole("article"));
    expect(article.getByText(/may do everything, everywhere/)).toBeDefined();
    await waitFor(() =>
      expect(article.getByRole<HTMLInputElement>("checkbox", { name: "Account" }).disabled).toBe(
        true,
      ),
    );
    expect(article.queryByRole("button", { name: "Rename" })).toBeNull();
    expect(article.queryByText("Hidden")).toBeNull();
  });
});
