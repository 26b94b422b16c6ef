import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { navItems, navMatrix, subtypes, templates } from "#shared/access/nav.ts";
import { fakeViewer } from "../testing/fake-viewer.ts";
import { renderApp } from "../testing/render-app.tsx";
import { itemAt, refusalOf } from "./refusal.ts";

afterEach(cleanup);

const every = subtypes.flatMap((subtype) =>
  templates.flatMap((template) => navItems.map((item) => ({ subtype, template, item }))),
);

describe("a direct visit", () => {
  it.each(every)("[nav] $subtype × $template: $item", ({ subtype, template, item }) => {
    const row = navMatrix.find((r) => r.subtype === subtype && r.item === item);
    const open = row !== undefined && row[template] !== "hidden";
    const refused = refusalOf(fakeViewer(subtype, template), item);
    expect(refused === null).toBe(open);
    if (!open) expect(refused?.layer).toBe(row === undefined ? "tenant" : "permission");
  });

  it("[nav] to a hidden item names the layer, the reason and the remedy", async () => {
    renderApp("/partners/workload", { template: "sales" });
    await screen.findByRole("heading", { name: "Workload is not open to you" });
    expect(screen.getByText("The role Sales does not include Workload.")).toBeTruthy();
    expect(screen.getAllByText("Permissions of your role").length).toBeGreaterThan(0);
    expect(screen.getByText(/administrator of your organisation can add it/)).toBeTruthy();
    expect(screen.queryByText("page workload")).toBeNull();
  });

  it("[nav] to a hidden item that is not built is refused all the same", async () => {
    renderApp("/partners/deals", { template: "coordinator" }, []);
    await screen.findByRole("heading", { name: "Deals is not open to you" });
  });

  it("[PAR-4] of a distributor to the tier program leads to Overview", async () => {
    const { path } = renderApp("/partners/tier-program", { subtype: "distributor" }, []);
    await expect.poll(path).toBe("/partners");
  });

  it("[PAR-4] also where the page is built", async () => {
    const { path } = renderApp("/partners/tier-program", {
      subtype: "distributor",
      template: "administrator",
    });
    await expect.poll(path).toBe("/partners");
  });

  it("to no page at all says so", async () => {
    renderApp("/partners/nowhere");
    await screen.findByText("There is no such page");
  });

  it("knows the item behind an address", () => {
    expect(itemAt("/partners/devices/123")).toBe("covered-devices");
    expect(itemAt("/partners/closed")).toBe("closed");
    expect(itemAt("/elsewhere/closed")).toBeNull();
  });
});

describe("who the app is for", () => {
  it.each(["customer", "riversync"])("[PAR-5] never a %s account", async (tenant) => {
    renderApp("/partners", { tenant, desk: "0" });
    await screen.findByRole("heading", { name: "Partners is not for this account" });
    expect(screen.queryByRole("navigation")).toBeNull();
    expect(screen.getByRole("button", { name: "Sign out" })).toBeTruthy();
  });
});
