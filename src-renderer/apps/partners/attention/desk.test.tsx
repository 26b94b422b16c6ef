import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { intentDefs } from "#shared/domain/registry.ts";
import { renderApp } from "../../../testing/render-app.tsx";
import { byCustomer } from "./desk.tsx";
import { attentionFeature } from "./feature.tsx";
import { payloadFields } from "./fields.ts";
import { wrongFields } from "./fix-dialog.tsx";

afterEach(cleanup);

const open = (options = {}) => renderApp("/partners/attention", options, [attentionFeature]);

describe("the Needs-attention desk", () => {
  it("[S6] keeps a refused change whole: what, of what, why, which layer, what helps", async () => {
    open();
    const customer = await screen.findByRole("region", { name: "Songkhla Irrigation Office" });
    const item = within(customer).getAllByRole("listitem")[0] as HTMLElement;
    expect(within(item).getByRole("heading").textContent).toBe("Complete a visit");
    expect(item.textContent).toContain("V-4K7QZ2 · Quarterly inspection");
    expect(item.textContent).toContain("Replaced the solar panel");
    expect(item.textContent).toContain("“Photograph the nameplate”");
    expect(item.textContent).toContain("Refused by: Working rule");
    expect(item.textContent).toContain("Made 5 hours ago");
  });

  it("says a person's name, not an id", async () => {
    open();
    expect(await screen.findByText("Kanya Rattanakul")).toBeTruthy();
  });

  it("[S6] discards only after asking", async () => {
    const { state } = open();
    fireEvent.click((await screen.findAllByRole("button", { name: "Discard" }))[0] as HTMLElement);
    const dialog = await screen.findByRole("dialog");
    expect(state.desk).toHaveLength(3);
    fireEvent.click(within(dialog).getByRole("button", { name: "Discard for good" }));
    await expect.poll(() => state.desk.length).toBe(2);
  });

  it("[S6] fixes and resends; a second refusal is said in the form", async () => {
    const { state } = open();
    fireEvent.click(
      (await screen.findAllByRole("button", { name: "Fix and resend" }))[0] as HTMLElement,
    );
    const dialog = await screen.findByRole("dialog");
    const summary = within(dialog).getByRole("textbox", { name: "Summary" });
    fireEvent.change(summary, { target: { value: "" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Fix and resend" }));
    expect(await within(dialog).findByText("Not in the expected form")).toBeTruthy();
    expect(state.desk).toHaveLength(3);
    fireEvent.change(summary, { target: { value: "Cleaned the radar head." } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Fix and resend" }));
    await within(dialog).findByText(/Only its assignee may do this|Required checklist items/);
  });

  it("is empty in words", async () => {
    open({ desk: "0" });
    expect(await screen.findByText("Nothing needs your attention")).toBeTruthy();
  });

  it("groups by customer, what has none last", () => {
    const item = (customerName: string | null) => ({ customerName }) as never;
    expect(byCustomer([item(null), item("B"), item("A"), item("B")]).map(([name]) => name)).toEqual(
      ["A", "B", null],
    );
  });

  it("knows every field of every intent", () => {
    for (const def of Object.values(intentDefs)) {
      const shape = (def.payload as unknown as { shape: Record<string, unknown> }).shape;
      for (const name of Object.keys(shape)) expect(Object.keys(payloadFields)).toContain(name);
    }
    expect(wrongFields("ticket.resolve", { resolution: "" })).toEqual(["resolution"]);
  });
});
