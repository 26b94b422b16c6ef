import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeId } from "../../../testing/fake-ids.ts";
import type { FakeOptions } from "../../../testing/fake-state.ts";
import { renderApp } from "../../../testing/render-app.tsx";
import { devicesFeature } from "./feature.tsx";

vi.setConfig({ testTimeout: 20_000 });

beforeEach(() => {
  for (const side of ["clientHeight", "clientWidth"]) {
    Object.defineProperty(HTMLElement.prototype, side, { get: () => 900, configurable: true });
  }
});
afterEach(cleanup);

const open = (path = "", options: FakeOptions = {}) =>
  renderApp(`/partners/devices${path}`, options, [devicesFeature]);
const deviceOf = (customer: number, n = 0) => fakeId("device", customer * 5 + n);
const list = () => screen.findByRole("list", { name: "Covered devices" });

describe("[PAR-1] covered devices", () => {
  it("lists them with what stands open and until when they are covered", async () => {
    open();
    const rows = within(await list()).getAllByRole("link");
    expect(rows.length).toBeGreaterThan(10);
    expect(within(await list()).getAllByText("38 days left").length).toBeGreaterThan(0);
  });

  it("narrows by a search, and says when nothing matches", async () => {
    open();
    const search = await screen.findByRole("searchbox");
    fireEvent.change(search, { target: { value: "chiller 1-3" } });
    await waitFor(async () => expect(within(await list()).getAllByRole("link")).toHaveLength(1));
    fireEvent.change(search, { target: { value: "zzzz" } });
    expect(await screen.findByText("Nothing matches")).toBeDefined();
  });

  it("names the layer that refuses telemetry the customer has not granted", async () => {
    const { state } = open(`/${deviceOf(4)}`);
    const grant = state.get("grant", fakeId("grant", 4));
    expect(grant?.kind === "grant" && grant.data.telemetry).toBe(false);
    for (const [key, record] of state.records) {
      if (record.kind === "grant" && record.data.id !== grant?.data.id) state.records.delete(key);
    }
    state.bell.ring();
    expect(await screen.findByText("Andaman Resorts has not granted telemetry")).toBeDefined();
    expect(screen.getByText(/Cross-tenant access, layer 6/)).toBeDefined();
  });

  it("says that a device is no longer covered once it is gone", async () => {
    open("/0190a000-0000-7000-8000-00000000dead");
    expect(await screen.findByText("This device is no longer in your coverage")).toBeDefined();
  });
});

describe("[PAR-3] coverage that moves away", () => {
  it("names the successor and the day", async () => {
    open(`/${deviceOf(0)}`);
    expect(await screen.findByText(/^Moves to Huawei on \d+ \w+ \d{4}$/)).toBeDefined();
  });
});

describe("[PAR-5] what a role may do from a device", () => {
  it("lets a coordinator raise a ticket and read its work", async () => {
    open(`/${deviceOf(0)}`);
    const raise = await screen.findByRole("link", { name: "Raise ticket" });
    expect(raise.getAttribute("href")).toContain("raise=");
    expect(await screen.findByRole("region", { name: "Open work" })).toBeDefined();
  });

  it("shows sales the device, read only, without work", async () => {
    open(`/${deviceOf(0)}`, { template: "sales" });
    expect(await screen.findByRole("region", { name: "Agreement" })).toBeDefined();
    expect(screen.queryByRole("link", { name: "Raise ticket" })).toBeNull();
    expect(screen.queryByRole("region", { name: "Open work" })).toBeNull();
    expect(screen.getByText("Read only")).toBeDefined();
  });
});
