import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { features } from "../../apps/partners/routes.ts";
import { renderApp } from "../../testing/render-app.tsx";

afterEach(cleanup);

describe("the chrome", () => {
  it.each(["/partners", "/attention", "/partners/workload"])(
    "[PAR-13] no page says who you are: %s",
    async (path) => {
      renderApp(path, {}, features);
      const main = await screen.findByRole("main");
      await within(main).findAllByRole("heading");
      const said = main.textContent ?? "";
      for (const word of ["Nera", "Reseller", "reseller", "Gold", "Service coordinator"]) {
        expect(said).not.toContain(word);
      }
    },
  );

  it("[PAR-13] the profile menu says who, which tenant, which role, and where secrets are", async () => {
    renderApp("/partners");
    fireEvent.click(await screen.findByRole("button", { name: "Profile of Ploy Siriwan" }));
    await screen.findByText("Service coordinator · Nera");
    await screen.findByText("In a file only you can read");
    expect(screen.getByText("/home/ploy/.local/share/riversync")).toBeTruthy();
  });

  it("the product switcher lists what the account may open and what is built", async () => {
    renderApp("/partners");
    fireEvent.click(await screen.findByRole("button", { name: "Switch product" }));
    const menu = await screen.findByRole("menu");
    const items = within(menu).getAllByRole("menuitem");
    expect(items.map((item) => item.textContent)).toEqual([
      "PartnersSell and service covered devices",
      "AccountPeople, roles and access",
    ]);
    fireEvent.click(within(menu).getByRole("menuitem", { name: /Account/ }));
    await expect
      .poll(() => screen.getByRole("button", { name: "Switch product" }).textContent)
      .toBe("Account");
  });

  it("Account is one step away in every app, for everyone", async () => {
    const { path } = renderApp("/portal", { tenant: "customer", template: "sales", role: "0" });
    fireEvent.click(await screen.findByRole("button", { name: "Profile of Ploy Siriwan" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: "Account and profile" }));
    await expect.poll(path).toBe("/account/profile");
  });

  it("warns before changes that wait are lost", async () => {
    const { state } = renderApp("/partners", { waiting: "2" });
    fireEvent.click(await screen.findByRole("button", { name: "Profile of Ploy Siriwan" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText("2 changes have not been sent yet.")).toBeTruthy();
    expect(
      within(dialog).getByText(
        `${state.desk.length} changes still lie on the Needs-attention desk.`,
      ),
    ).toBeTruthy();
    expect(state.session.state).toBe("signed-in");
    fireEvent.click(within(dialog).getByRole("button", { name: "Discard and sign out" }));
    await screen.findByRole("button", { name: "Sign in with RiverSync ID" });
  });

  it("says when the session has ended, and goes on", async () => {
    renderApp("/partners", { session: "ended" });
    await screen.findByText("Your session has ended.");
    expect(await screen.findByText("page overview")).toBeTruthy();
  });

  it("speaks Thai when asked to", async () => {
    const { state } = renderApp("/partners", { desk: "0" });
    await screen.findByText("Up to date");
    state.preferences = { ...state.preferences, language: "th" };
    state.bell.ring();
    await screen.findByText("เป็นปัจจุบัน");
    expect(document.documentElement.lang).toBe("th");
  });
});

describe("keys", () => {
  it.each([
    ["/portal", "d", "/portal/my-devices"],
    ["/portal", "o", "/portal"],
    ["/account/profile", "u", "/account/users"],
  ])("from %s, g and %s lead to %s", async (from, key, to) => {
    const { path } = renderApp(from, { tenant: "customer", template: "administrator", desk: "0" });
    await screen.findByRole("heading", { level: 1 });
    fireEvent.keyDown(window, { key: "g" });
    fireEvent.keyDown(window, { key });
    await expect.poll(path).toBe(to);
  });

  it("the palette knows the pages of every app, and says which app is another", async () => {
    const { path } = renderApp("/portal", { tenant: "customer", template: "administrator" });
    await screen.findByText("page portal-overview");
    fireEvent.keyDown(window, { key: "k", ctrlKey: true });
    fireEvent.change(await screen.findByRole("textbox", { name: "Command palette" }), {
      target: { value: "roles" },
    });
    const found = await screen.findByRole("option", { name: /Roles/ }).catch(() => null);
    const action = found ?? (await screen.findByText("Roles")).closest("button");
    expect(action?.textContent).toContain("Account");
    fireEvent.click(action as HTMLElement);
    await expect.poll(path).toBe("/account/roles");
  });

  it("? lists them, and while it does no key leads away", async () => {
    const { path } = renderApp("/partners");
    await screen.findByText("page overview");
    fireEvent.keyDown(window, { key: "?" });
    await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    fireEvent.keyDown(window, { key: "g" });
    fireEvent.keyDown(window, { key: "w" });
    expect(path()).toBe("/partners");
  });

  it.each([
    ["a Latin board", { key: "g" }, { key: "w" }],
    ["a Thai board", { key: "เ", code: "KeyG" }, { key: "ไ", code: "KeyW" }],
  ])("g and a letter go there, on %s", async (_board, first, second) => {
    const { path } = renderApp("/partners");
    await screen.findByText("page overview");
    fireEvent.keyDown(window, first);
    fireEvent.keyDown(window, second);
    await expect.poll(path).toBe("/partners/workload");
  });
});
