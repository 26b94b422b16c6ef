import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { intentDefs } from "#shared/domain/registry.ts";
import thDesk from "../../../../resources/locales/th/desk.json";
import type { FakeOptions } from "../../../testing/fake-state.ts";
import { renderApp } from "../../../testing/render-app.tsx";
import { isFieldName } from "../../../ui/desk/fields.ts";
import { attentionFeature } from "./feature.tsx";
import { wrongFields } from "./fix-dialog.tsx";
import { byCustomer } from "./groups.ts";
import { placeOf } from "./place.ts";

vi.setConfig({ testTimeout: 30_000 });
afterEach(cleanup);

const open = (options: FakeOptions = {}) => renderApp("/attention", options, [attentionFeature]);
const items = () =>
  waitFor(() => {
    const found = [...document.querySelectorAll<HTMLElement>("[data-change]")];
    expect(found.length).toBeGreaterThan(0);
    return found;
  });
const itemOf = async (heading: string) => {
  const found = (await items()).find((one) =>
    within(one).queryByRole("heading", { name: heading }),
  );
  if (found === undefined) throw new Error(`no ${heading}`);
  return found;
};
const rowsOf = (item: HTMLElement) =>
  within(within(item).getByRole("table"))
    .getAllByRole("row")
    .map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent));

describe("the Needs-attention desk", () => {
  it("[S6] says of a refused change what, of what, when, why, which layer and what helps", async () => {
    open();
    const item = await itemOf("Complete a visit");
    expect(item.textContent).toContain("Quarterly inspection · River gauge 1-1");
    expect(item.textContent).toContain("Done 5 hours ago");
    expect(item.textContent).toContain("Refused 1 hour ago");
    expect(item.textContent).toContain("“Photograph the nameplate”");
    expect(item.textContent).toContain("Do them and tick them off");
    expect(item.textContent).toContain("Refused by: Working rule");
    expect(item.textContent).toContain("overdue 3h");
  });

  it("says how far the device's clock was off, where that is more than a minute", async () => {
    open();
    expect((await itemOf("Complete a visit")).textContent).toContain("device clock 7m behind");
    expect((await itemOf("Take a ticket")).textContent).toContain("device clock 3m ahead");
    expect((await itemOf("Assign a ticket")).textContent).not.toContain("device clock");
  });

  it("[S6] compares field by field, in words, with the author and time of the other value", async () => {
    open();
    const [head, status, assignee, ...rest] = rowsOf(await itemOf("Assign a ticket"));
    expect(head).toEqual(["Field", "You saw", "You wanted", "Replaced"]);
    expect(status).toEqual(["Status", "New", "Assigned", "AssignedKanya Rattanakul · 3 hours ago"]);
    expect(assignee?.slice(0, 3)).toEqual(["Assignee", "Empty", "Arthit Chaiyasit"]);
    expect(assignee?.[3]).toContain("Kanya Rattanakul");
    expect(rest).toEqual([]);
  });

  it("[S6] marks what differs by more than a colour, and what stands against a refused one", async () => {
    open();
    const item = await itemOf("Resolve a ticket");
    expect(rowsOf(item)[0]).toEqual(["Field", "You saw", "You wanted", "Stands now"]);
    const marked = within(item).getAllByRole("img", { name: "Differs from yours" });
    expect(marked.map((mark) => mark.closest("tr")?.firstElementChild?.textContent)).toEqual([
      "Resolution",
      "Resolved",
    ]);
  });

  it("[S8] has no column for what stands where the server told nothing of it", async () => {
    open();
    const [head] = rowsOf(await itemOf("Take a ticket"));
    expect(head).toEqual(["Field", "You saw", "You wanted"]);
  });

  it("[S6] keeps a remark, which stands in no field", async () => {
    open();
    const item = await itemOf("Note on a ticket");
    expect(within(item).queryByRole("table")).toBeNull();
    expect(item.textContent).toContain("The gate code has changed; ask the guard at the weir.");
    // Nobody refused it: what helps is to tell support its number.
    expect(item.textContent).toContain("Set aside 2 days ago0190b000");
  });

  it("groups by customer, with a count, soonest owed first, what has none last", async () => {
    open();
    await items();
    const groups = screen.getAllByRole("region").filter((one) => one.tagName === "SECTION");
    const heads = groups.map((one) => within(one).getByRole("heading", { level: 2 }).textContent);
    expect(heads).toEqual([
      "Songkhla Irrigation Office2 changes",
      "Andaman Resorts1 change",
      "Siam Cold Chain1 change",
      "Other changes1 change",
    ]);
  });

  it("is empty in words", async () => {
    open({ desk: "0" });
    expect(await screen.findByText("Nothing needs your attention")).toBeTruthy();
  });

  it("says offline that what is sent again waits", async () => {
    open({ phase: "offline" });
    expect((await screen.findAllByRole("note")).map((one) => one.textContent)[0]).toContain(
      "You are offline.",
    );
  });

  it("speaks Thai all through", async () => {
    open({ language: "th" });
    expect(await screen.findByText(thDesk.overwrote.what)).toBeTruthy();
    expect((await itemOf(thDesk.intent["visit-complete"])).textContent).toContain(
      "นาฬิกาเครื่องช้าไป 7 นาที",
    );
  });
});

describe("what can be done", () => {
  it("[S6] sends again with one click; what is refused again stays, and says so", async () => {
    const { state } = open();
    const item = await itemOf("Complete a visit");
    const before = screen.getAllByRole("alert").length;
    fireEvent.click(within(item).getByRole("button", { name: "Send again" }));
    await waitFor(() => expect(screen.getAllByRole("alert").length).toBeGreaterThan(before));
    expect(state.desk).toHaveLength(5);
    const note = await itemOf("Take a ticket");
    fireEvent.click(within(note).getByRole("button", { name: "Send again" }));
    await waitFor(() => expect(state.desk).toHaveLength(4));
    expect([...state.pending.values()].flat().map(({ type }) => type)).toEqual(["ticket.take"]);
  });

  it("[S6] fixes and sends; a second refusal is said in the form", async () => {
    const { state } = open();
    const item = await itemOf("Complete a visit");
    fireEvent.click(within(item).getByRole("button", { name: "Fix and send" }));
    const dialog = await screen.findByRole("dialog");
    const summary = within(dialog).getByRole("textbox", { name: "Summary" });
    fireEvent.change(summary, { target: { value: "" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Fix and send" }));
    expect(await within(dialog).findByText("Not in the expected form")).toBeTruthy();
    expect(state.desk).toHaveLength(5);
    fireEvent.change(summary, { target: { value: "Cleaned the radar head." } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Fix and send" }));
    await within(dialog).findByText(/Only its assignee may do this|Required checklist items/);
  });

  it("[S6] discards only for a reason", async () => {
    const { state } = open();
    const item = await itemOf("Complete a visit");
    fireEvent.click(within(item).getByRole("button", { name: "Discard…" }));
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByRole("button", { name: "Discard" }));
    expect(await within(dialog).findByText("Say why, in a few words")).toBeTruthy();
    expect(state.decisions).toEqual([]);
    fireEvent.click(within(dialog).getByRole("radio", { name: "Done another way" }));
    fireEvent.click(within(dialog).getByRole("button", { name: "Discard" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(state.decisions).toMatchObject([{ kept: false, reason: "Done another way" }]);
  });

  it("[S6] keeps one's own value with one click", async () => {
    const { state } = open();
    const item = await itemOf("Assign a ticket");
    expect(within(item).queryByRole("button", { name: "Discard…" })).toBeNull();
    fireEvent.click(within(item).getByRole("button", { name: "Keep mine" }));
    await waitFor(() => expect(state.decisions).toMatchObject([{ kept: true, reason: "" }]));
    await waitFor(async () => expect(await items()).toHaveLength(4));
  });
});

describe("the desk's keys", () => {
  const press = (key: string) =>
    fireEvent.keyDown(document.activeElement ?? document.body, {
      key,
      code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
    });

  it("move from change to change over the groups, and open the record", async () => {
    const { path } = open();
    const all = await items();
    for (const [key, at] of [
      ["j", 0],
      ["ArrowDown", 1],
      ["j", 2],
      ["k", 1],
    ] as const) {
      press(key);
      await waitFor(() => expect(document.activeElement).toBe(all[at]));
    }
    press("Enter");
    await waitFor(() => expect(path()).toBe("/partners/workload"));
  });

  it("go on at the next change once one is settled", async () => {
    open();
    const all = await items();
    press("j");
    press("j");
    const keep = within(all[1] as HTMLElement).getByRole("button", { name: "Keep mine" });
    keep.focus();
    fireEvent.click(keep);
    await waitFor(async () => expect(await items()).toHaveLength(4));
    press("j");
    await waitFor(() => expect(document.activeElement).toBe(all[2]));
  });
});

describe("its parts", () => {
  it("put groups and items in the order of what they owe", () => {
    const item = (id: string, customerId: string | null, due: number | null, at = "1") =>
      ({ id, customerId, customerName: customerId, due, decidedAt: at }) as never;
    const groups = byCustomer([
      item("a", null, 1),
      item("b", "B", null, "1"),
      item("c", "B", 30),
      item("d", "A", 20),
      item("e", "B", null, "2"),
    ]);
    expect(groups.map(({ name, items: of }) => [name, ...of.map(({ id }) => id)])).toEqual([
      ["A", "d"],
      ["B", "c", "e", "b"],
      [null, "a"],
    ]);
  });

  it("know every field of every intent", () => {
    for (const def of Object.values(intentDefs)) {
      const shape = (def.payload as unknown as { shape: Record<string, unknown> }).shape;
      for (const name of Object.keys(shape))
        expect([name, isFieldName(name)]).toEqual([name, true]);
    }
    expect(wrongFields("ticket.resolve", { resolution: "" })).toEqual(["resolution"]);
  });

  it("open the record of a change, or the device that something was to be made for", () => {
    const on = (type: string, payload = {}) =>
      ({ intent: { type, target: { kind: "ticket", id: "t" }, payload } }) as never;
    expect(placeOf(on("ticket.take"))?.search).toEqual({ item: "ticket:t" });
    expect(placeOf(on("ticket.raise", { deviceId: "d" }))?.to).toBe("/partners/devices/d");
    expect(placeOf(on("ticket.raise"))).toBeNull();
  });
});
