import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { navMatrix, subtypes, templates } from "#shared/access/nav.ts";
import { renderApp } from "../../testing/render-app.tsx";

afterEach(cleanup);

const cases = subtypes.flatMap((subtype) => templates.map((template) => ({ subtype, template })));

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

  it("lists only what is built", async () => {
    renderApp("/partners", { template: "administrator", desk: "0" }, []);
    await screen.findByRole("navigation", { name: "Menu" });
    expect(screen.queryAllByRole("link")).toEqual([]);
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
