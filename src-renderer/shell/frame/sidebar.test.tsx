import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { menuOf, roleTemplates } from "#shared/access/menu.ts";
import { navMatrix, subtypes, templates } from "#shared/access/nav.ts";
import { fakeRole } from "../../testing/fake-viewer.ts";
import { renderApp } from "../../testing/render-app.tsx";

afterEach(cleanup);

const cases = subtypes.flatMap((subtype) => templates.map((template) => ({ subtype, template })));

const owners = (["customer", "riversync"] as const).flatMap((tenant) =>
  roleTemplates.flatMap((template) =>
    (["portal", "account"] as const)
      .filter((app) => app === "account" || tenant === "customer")
      .map((app) => ({ app, tenant, template })),
  ),
);

const sidebar = async () => {
  const menu = await screen.findByRole("navigation", { name: "Menu" });
  return within(menu).getAllByRole("link");
};

describe("the sidebar is the matrix, row by row", () => {
  it.each(cases)("[nav] [PAR-12] $subtype × $template", async ({ subtype, template }) => {
    renderApp("/partners", { subtype, template, desk: "0" });
    const shown = (await sidebar()).map((link) => [link.dataset.item, link.dataset.level]);
    const order = ["sales", "service", "channel", "program"];
    const expected = navMatrix
      .filter((row) => row.subtype === subtype && row[template] !== "hidden")
      .toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group))
      .map((row) => [row.item, row[template]]);
    expect(shown).toEqual([["overview", "full"], ...expected]);
  });

  it("[PAR-12] Sales stands above Service, after Overview", async () => {
    renderApp("/partners", { template: "administrator", desk: "0" });
    const [first] = await sidebar();
    expect(first?.dataset.item).toBe("overview");
    const groups = screen.getAllByRole("heading", { level: 2 }).map((h) => h.textContent);
    expect(groups).toEqual(["Sales", "Service", "Channel", "Program"]);
  });

  it("[nav] marks what may only be looked at", async () => {
    renderApp("/partners", { template: "sales", desk: "0" });
    const item = (await sidebar()).find((link) => link.dataset.item === "covered-devices");
    expect(item?.dataset.level).toBe("read");
    expect(within(item as HTMLElement).getByRole("img")).toBeTruthy();
  });

  it.each(owners)("[nav] $app of a $tenant × $template", async ({ app, template, ...who }) => {
    const at = app === "portal" ? "/portal" : "/account/profile";
    renderApp(at, { ...who, template, desk: "0" });
    const shown = (await sidebar()).map((link) => [link.dataset.item, link.dataset.level]);
    const owner = { kind: who.tenant, subtype: null };
    const held = fakeRole(template, owner).apps.includes(app);
    const rows = menuOf(owner, app)
      .map(({ item, levels }): [string, string] => [item, held ? levels[template] : "hidden"])
      .filter(([, level]) => level !== "hidden");
    expect(shown).toEqual([[app === "portal" ? "portal-overview" : "profile", "full"], ...rows]);
  });

  it("lists only what is built", async () => {
    renderApp("/partners", { template: "administrator", desk: "0" }, []);
    await screen.findByRole("navigation", { name: "Menu" });
    expect(screen.queryAllByRole("link")).toEqual([]);
  });

  it("[S6] shows Needs attention in every app, and leads to the one desk", async () => {
    renderApp("/portal", { tenant: "customer", template: "administrator" });
    const item = await screen.findByRole("link", { name: /Needs attention/ });
    fireEvent.click(item);
    await screen.findByText("page attention");
  });

  it("[S6] shows Needs attention with its count while something lies there", async () => {
    const { state } = renderApp("/partners");
    const item = await screen.findByRole("link", { name: /Needs attention/ });
    expect(item.textContent).toContain(String(state.desk.length));
    state.desk = [];
    state.bell.ring();
    await expect.poll(() => screen.queryByRole("link", { name: /Needs attention/ })).toBeNull();
  });
});
