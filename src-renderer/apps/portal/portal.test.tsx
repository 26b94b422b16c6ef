import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fakeId } from "../../testing/fake-ids.ts";
import { fakePartners } from "../../testing/fake-portal.ts";
import type { FakeOptions } from "../../testing/fake-state.ts";
import { renderApp } from "../../testing/render-app.tsx";
import { features } from "./routes.ts";

vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  for (const side of ["clientHeight", "clientWidth", "offsetHeight", "offsetWidth"]) {
    Object.defineProperty(HTMLElement.prototype, side, { get: () => 1800, configurable: true });
  }
});
afterEach(cleanup);

const open = (path: string, options: FakeOptions = {}) =>
  renderApp(path, { tenant: "customer", template: "administrator", ...options }, features);
const devices = () => screen.findByRole("list", { name: "My devices" });

describe("[PRT-3] my devices", () => {
  test("[PRT-3] all are listed with who covers them, and what nobody covers is said", async () => {
    open("/portal/devices");
    const rows = within(await devices()).getAllByRole("link");
    expect(rows).toHaveLength(26);
    const pump = rows.find((row) => row.textContent?.includes("Pump 8-1"));
    expect(pump?.textContent).toContain("Not covered");
  });

  test("[PRT-3] they are narrowed by the partner, and by nobody", async () => {
    open(`/portal/devices?partner=["nobody"]`);
    await waitFor(async () => expect(within(await devices()).getAllByRole("link")).toHaveLength(6));
  });

  test("[PAR-3] a device says who comes after, and who sees it until when", async () => {
    open(`/portal/devices/${fakeId("device", 100)}`);
    expect(await screen.findByText(/^Then Blue Delta Service, from/)).toBeDefined();
    const sight = screen.getByRole("region", { name: "Who can see it" });
    const [, huawei, nera] = within(sight).getAllByRole("row");
    expect(huawei?.textContent).toContain("then your grant ends");
    expect(nera?.textContent).toContain("No agreement of theirs names it");
  });

  test("[S8] a role that reads no grants is not told who sees what", async () => {
    open(`/portal/devices/${fakeId("device", 100)}`, { template: "sales" });
    expect(await screen.findByRole("region", { name: "Who covers it" })).toBeDefined();
    expect(screen.queryByRole("region", { name: "Who can see it" })).toBeNull();
  });
});

describe("[PRT-3] my partners", () => {
  test("[PRT-3] a gap stands first: one without the other shows a partner nothing", async () => {
    open("/portal/partners");
    const list = await screen.findByRole("list", { name: "My partners" });
    const [first, second] = within(list).getAllByRole("link");
    expect(first?.textContent).toContain("Access, but no agreement");
    expect(second?.textContent).toContain("Agreement, but no access");
    fireEvent.keyDown(list, { key: "ArrowDown" });
    expect(document.activeElement).toBe(first);
  });

  test("[PRT-3] a partner stands with its agreements and the way to its access", async () => {
    open(`/portal/partners/${fakePartners.isan}`);
    const agreements = await screen.findByRole("region", { name: "Agreements" });
    expect(agreements.textContent).toContain("SA-2026-033");
    expect(await screen.findByText("You gave this partner no access.")).toBeDefined();
    const link = screen.getByRole("link", { name: "Manage access" });
    expect(link.getAttribute("href")).toContain(`/account/partner-access/${fakePartners.isan}`);
  });
});

describe("[PRT-4] the overview", () => {
  test("[PRT-4] says at a glance what there is, what was done, and that it is proven", async () => {
    open("/portal");
    expect(await screen.findByRole("link", { name: /^26 ?Devices$/ })).toBeDefined();
    expect(screen.getByRole("link", { name: /^6 ?Not covered$/ })).toBeDefined();
    const acts = await screen.findByRole("region", { name: "Last acts on your devices" });
    expect(await within(acts).findByText(/Checked up to line 260/)).toBeDefined();
    expect(within(acts).getAllByRole("listitem")).toHaveLength(8);
  });

  test("[PRT-4] an alarm stands above everything", async () => {
    open("/portal", { audit: "rewritten" });
    expect(await screen.findByRole("alert", { name: "The audit log was rewritten" })).toBeDefined();
    expect(screen.getByText("This log is not the one it was")).toBeDefined();
  });

  test("[PAR-5] a role without the log is shown none of it", async () => {
    open("/portal", { template: "sales" });
    expect(await screen.findByRole("region", { name: "What ends when" })).toBeDefined();
    expect(screen.queryByRole("region", { name: "Last acts on your devices" })).toBeNull();
  });
});
