import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { auditFeature } from "../../apps/portal/audit/feature.tsx";
import type { FakeOptions } from "../../testing/fake-state.ts";
import { renderApp } from "../../testing/render-app.tsx";

vi.setConfig({ testTimeout: 30_000 });

const saved: { name: string; blob: Blob }[] = [];

beforeEach(() => {
  saved.length = 0;
  for (const side of ["clientHeight", "clientWidth", "offsetHeight", "offsetWidth"]) {
    Object.defineProperty(HTMLElement.prototype, side, { get: () => 900, configurable: true });
  }
  let blob: Blob | null = null;
  vi.spyOn(URL, "createObjectURL").mockImplementation((made) => {
    blob = made as Blob;
    return "blob:log";
  });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    if (blob !== null) saved.push({ name: this.download, blob });
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const open = (address = "", options: FakeOptions = {}) =>
  renderApp(
    `/portal/audit${address}`,
    { tenant: "customer", template: "administrator", ...options },
    [auditFeature],
  );
const lines = () => screen.findByRole("list", { name: /Lines of the audit log/ });

describe("[PRT-4] the audit log", () => {
  test("[PRT-4] stands newest first, each line saying what, who, for whom and how it ended", async () => {
    open();
    const rows = within(await lines()).getAllByRole("link");
    expect(rows[0]?.textContent).toContain("260");
    const refused = rows.find((row) => row.textContent?.includes("256"));
    expect(refused?.textContent).toContain("Resolve a ticket");
    expect(refused?.textContent).toContain("Somsak Boonmee · Nera");
    expect(refused?.textContent).toContain("It is already resolved.");
  });

  test("[PRT-4] narrows by outcome, and says when nothing matches", async () => {
    open("?outcome=refused");
    await waitFor(async () => {
      const rows = within(await lines()).getAllByRole("link");
      expect(within(await lines()).getAllByLabelText("Refused")).toHaveLength(rows.length);
    });
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "zzzz" } });
    expect(await screen.findByText("Nothing matches")).toBeDefined();
  });

  test("[PRT-4] a line opens field by field, with both clocks and its place", async () => {
    open("?line=255");
    const detail = await screen.findByRole("article", { name: "Line 255" });
    const changed = within(detail).getByRole("region", { name: "What changed" });
    expect(changed.textContent).toContain("On site");
    expect(changed.textContent).toContain("Completed");
    const place = within(detail).getByRole("region", { name: "Place in the log" });
    expect(place.textContent?.match(/[0-9a-f]{64}/g)).toHaveLength(2);
    expect(within(detail).getByRole("region", { name: "When" }).textContent).toContain("server");
  });

  test("[PRT-4] a saved receipt verifies, and one that was changed does not", async () => {
    open("?line=255");
    fireEvent.click(await screen.findByRole("button", { name: "Save receipt" }));
    await waitFor(() => expect(saved).toHaveLength(1));
    const text = (await saved[0]?.blob.text()) ?? "";
    expect(saved[0]?.name).toBe("riversync-receipt-255.json");

    fireEvent.click(screen.getByRole("button", { name: "Close this line" }));
    const input = await screen.findByLabelText("Verify a file", { selector: "input" });
    const give = (content: string) =>
      fireEvent.change(input, { target: { files: [new File([content], "receipt.json")] } });
    give(text);
    expect(await screen.findByText("receipt.json holds")).toBeDefined();
    give(text.replaceAll("Replaced the fan motor", "Replaced nothing"));
    expect(await screen.findByText("receipt.json does not hold")).toBeDefined();
    expect(screen.getByText(/is not the one that was recorded/)).toBeDefined();
  });

  test("[PRT-4] the exported log verifies", async () => {
    open();
    fireEvent.click(await screen.findByRole("button", { name: "JSON lines" }));
    await waitFor(() => expect(saved).toHaveLength(1));
    const text = (await saved[0]?.blob.text()) ?? "";
    const input = await screen.findByLabelText("Verify a file", { selector: "input" });
    fireEvent.change(input, { target: { files: [new File([text], "log.ndjson")] } });
    expect(await screen.findByText("log.ndjson holds")).toBeDefined();
    expect(screen.getByText(/260 lines/, { selector: "span" })).toBeDefined();
  });

  test("[PRT-4] a rewritten history is told above all, and its evidence can be kept", async () => {
    open("", { audit: "rewritten" });
    const alarm = await screen.findByRole("alert", { name: "The audit log was rewritten" });
    expect(alarm.textContent).toContain("its first 212 lines");
    expect(screen.queryByText(/Checked up to line/)).toBeNull();
    fireEvent.click(within(alarm).getByRole("button", { name: "Save the evidence" }));
    const kept = JSON.parse((await saved[0]?.blob.text()) ?? "null") as { head: unknown };
    expect(kept).toMatchObject({
      failure: { code: "audit-history-rewritten" },
      head: { size: 260 },
    });
  });

  test("[PRT-4] offline the log is told to need the server, and the checked head stays", async () => {
    open("", { phase: "offline" });
    expect(await screen.findByText("The log needs the server")).toBeDefined();
    expect(await screen.findByText(/Checked up to line 260/)).toBeDefined();
    const button = screen.getByRole("button", { name: "JSON lines" });
    expect((button as HTMLButtonElement).disabled).toBe(true);
  });
});
