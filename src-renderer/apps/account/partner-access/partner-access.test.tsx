import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Grant } from "#shared/domain/grant/grant.ts";
import { fakeId } from "../../../testing/fake-ids.ts";
import { fakePartners } from "../../../testing/fake-portal.ts";
import type { FakeOptions } from "../../../testing/fake-state.ts";
import { renderApp } from "../../../testing/render-app.tsx";
import { partnerAccessFeature } from "./feature.tsx";

vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  for (const side of ["clientHeight", "clientWidth", "offsetHeight", "offsetWidth"]) {
    Object.defineProperty(HTMLElement.prototype, side, { get: () => 900, configurable: true });
  }
});
afterEach(cleanup);

const open = (partner: string, options: FakeOptions = {}) =>
  renderApp(
    `/account/partner-access/${partner}`,
    { tenant: "customer", template: "administrator", ...options },
    [partnerAccessFeature],
  );
const grantsOf = (state: ReturnType<typeof open>["state"], partnerId: string) =>
  state.all("grant").flatMap(({ data }) => {
    const grant = data as Grant;
    return grant.partnerId === partnerId && grant.status === "active" ? [grant] : [];
  });

describe("[FED-11] partner access", () => {
  test("[PRT-3] what is given is shown before, and is exactly what is granted then", async () => {
    const { state } = open(fakePartners.quiet);
    fireEvent.click(await screen.findByRole("button", { name: "Give access" }));
    const form = await screen.findByRole("form", { name: /Give Kwae/ });
    const give = within(form).getByRole("button", { name: "Give access" });
    expect((give as HTMLButtonElement).disabled).toBe(true);
    fireEvent.click(within(form).getByRole("checkbox", { name: /Eastern Thailand/ }));
    const preview = within(form).getByRole("region", { name: "What this exposes" });
    expect(preview.textContent).toContain("Without telemetry");
    expect(preview.textContent).toContain("No agreement covers any of these devices");
    expect(preview.textContent).toContain("Laem Chabang cold store");
    fireEvent.click(give);
    await waitFor(() => expect(grantsOf(state, fakePartners.quiet)).toHaveLength(1));
    expect(grantsOf(state, fakePartners.quiet)[0]).toMatchObject({
      regions: ["Eastern Thailand"],
      sites: [],
      deviceIds: [],
      telemetry: false,
    });
    expect(await screen.findByText(/^Waiting to be sent/)).toBeDefined();
  });

  test("[PRT-3] a change says what it adds and takes away, and that it is erased", async () => {
    const { state } = open(fakePartners.huawei);
    fireEvent.click(await screen.findByRole("button", { name: "Change…" }));
    const form = await screen.findByRole("form", { name: /Change the access of Huawei/ });
    fireEvent.click(within(form).getByRole("checkbox", { name: /Eastern/ }));
    fireEvent.click(within(form).getByRole("checkbox", { name: /Central/ }));
    const changes = within(form).getByRole("region", { name: "What changes for the partner" });
    expect(changes.textContent).toContain("6 devices taken away");
    expect(changes.textContent).toContain("erases what is taken away");
    fireEvent.click(within(form).getByRole("button", { name: "Change access" }));
    await waitFor(() =>
      expect(grantsOf(state, fakePartners.huawei)[0]?.regions).toEqual(["Central Thailand"]),
    );
  });

  test("[PRT-3] withdrawing asks once more, and says what becomes of work under way", async () => {
    const { state } = open(fakePartners.nera, { phase: "offline" });
    fireEvent.click(await screen.findByRole("button", { name: "Withdraw…" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("9 devices taken away");
    expect(dialog.textContent).toContain("before you withdraw is still accepted");
    fireEvent.click(within(dialog).getByRole("button", { name: "Withdraw access" }));
    await waitFor(() => expect(grantsOf(state, fakePartners.nera)).toEqual([]));
    expect(state.pending.get(fakeId("grant", 2))?.[0]?.type).toBe("grant.withdraw");
  });

  test("[PAR-5] who may only look is offered nothing to do", async () => {
    open(fakePartners.nera, { template: "reader" });
    expect(await screen.findByText("Read only")).toBeDefined();
    expect(await screen.findByText("Everything")).toBeDefined();
    expect(screen.queryByRole("button", { name: /Change|Withdraw|Give/ })).toBeNull();
  });
});
