import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { navItems, navMatrix, subtypes, templates } from "#shared/access/nav.ts";
import { signedIn } from "../testing/fake-state.ts";
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
    expect(itemAt("/portal/devices")).toBe("my-devices");
    expect(itemAt("/portal/audit")).toBe("audit-log");
    expect(itemAt("/account/log")).toBe("organisation-log");
    expect(itemAt("/account/roles")).toBe("roles");
    expect(itemAt("/portal/closed")).toBeNull();
    expect(itemAt("/elsewhere/closed")).toBeNull();
  });
});

describe("who an app is for", () => {
  it.each(["customer", "riversync"])("[PAR-5] Partners never for a %s account", async (tenant) => {
    renderApp("/partners", { tenant, desk: "0" });
    await screen.findByRole("heading", { name: "Partners is not for this account" });
    expect(screen.queryByText("page overview")).toBeNull();
    expect(screen.getByRole("button", { name: "Switch product" }).textContent).not.toBe("Partners");
    expect(screen.queryByRole("link", { name: "Overview" })?.getAttribute("href")).not.toBe(
      "#/partners",
    );
  });

  it("[AUTH-2] Portal not for a partner that is not entitled to it", async () => {
    renderApp("/portal/my-devices", {});
    await screen.findByRole("heading", { name: "Portal is not for this account" });
    expect(screen.getByText("Portal is not part of what Nera has.")).toBeTruthy();
  });

  it("a suspended account sees no piece of any app, and may leave", async () => {
    const { state } = renderApp("/partners");
    await screen.findByText("page overview");
    const viewer = { ...fakeViewer(), suspended: true };
    act(() => state.setSession(signedIn(viewer)));
    await screen.findByRole("heading", { name: "This account is closed" });
    expect(screen.queryByRole("navigation")).toBeNull();
    expect(screen.getByRole("button", { name: "Sign out" })).toBeTruthy();
  });

  it("one's own profile is open without any role", async () => {
    renderApp("/account/profile", { role: "0" });
    await screen.findByText("page profile");
  });
});

describe("where the day begins", () => {
  it.each([
    [{ template: "coordinator" }, "/partners"],
    [{ tenant: "customer", template: "administrator" }, "/portal"],
  ])("%o: %s", async (options, start) => {
    const { path } = renderApp("/", options);
    await expect.poll(path).toBe(start);
  });

  it("RiverSync's own app is not built yet: says so, and leads to Account", async () => {
    const { path } = renderApp("/", { tenant: "riversync", template: "administrator" });
    await screen.findByRole("heading", { name: "Pipeline is not in this version" });
    fireEvent.click(screen.getByRole("button", { name: "Go to Account" }));
    await expect.poll(path).toBe("/account/profile");
  });
});
