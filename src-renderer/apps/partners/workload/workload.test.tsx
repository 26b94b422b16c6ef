import {
  act,
  cleanup,
  configure,
  fireEvent,
  screen,
  waitFor,
  within,
} from "@testing-library/react";
import i18next from "i18next";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FakeOptions, FakeState } from "../../../testing/fake-state.ts";
import { fakeViewer } from "../../../testing/fake-viewer.ts";
import { renderApp } from "../../../testing/render-app.tsx";
import { workloadFeature } from "./feature.tsx";

configure({ asyncUtilTimeout: 4000 });
vi.setConfig({ testTimeout: 20_000 });

beforeEach(() => {
  // What a browser has and this one has not: a size, and fonts that load.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
  for (const side of ["clientHeight", "clientWidth"]) {
    Object.defineProperty(HTMLElement.prototype, side, { get: () => 900, configurable: true });
  }
});
afterEach(cleanup);

const open = async (search = "", options: FakeOptions = { desk: "0" }) => {
  const app = renderApp(`/partners/workload${search}`, options, [workloadFeature]);
  await screen.findByRole("listbox", { name: /Work|งาน/ });
  return app;
};
const rows = () => within(screen.getByRole("listbox", { name: /Work|งาน/ })).getAllByRole("option");
const selected = () => rows().find((row) => row.getAttribute("aria-selected") === "true");
const press = (key: string, code = `Key${key.toUpperCase()}`) =>
  fireEvent.keyDown(document.body, { key, code });
const refOf = (row: HTMLElement | undefined) =>
  /[TAV]-\w{6}/.exec(row?.getAttribute("aria-label") ?? "")?.[0];
const detail = () => screen.findByRole("article");
const made = (state: FakeState) => [...state.pending.values()].flat();
const link = (state: FakeState, kind: "ticket" | "alarm" | "visit", index = 0) => {
  const found = [...state.records.values()].filter((r) => r.kind === kind)[index];
  return found?.data.id ?? "";
};

describe("[PAR-2] the queue by keyboard", () => {
  it("moves the selection with j and k, announces it, and keeps it by id", async () => {
    await open();
    await waitFor(() => expect(rows().length).toBeGreaterThan(5));
    press("j");
    await waitFor(() => expect(refOf(selected())).toBe(refOf(rows()[0])));
    press("j");
    await waitFor(() => expect(refOf(selected())).toBe(refOf(rows()[1])));
    expect(
      screen.getByRole("listbox", { name: /Work/ }).getAttribute("aria-activedescendant"),
    ).toBe(selected()?.id);
    press("k");
    await waitFor(() => expect(refOf(selected())).toBe(refOf(rows()[0])));
    expect((await detail()).textContent).toContain(refOf(rows()[0]));
  });

  it("knows its keys on a Thai layout", async () => {
    await open();
    press("่", "KeyJ");
    await waitFor(() => expect(selected()).toBeDefined());
  });

  it("leaves letters alone where someone types", async () => {
    await open();
    press("/", "Slash");
    const search = screen.getByRole("searchbox");
    expect(document.activeElement).toBe(search);
    fireEvent.keyDown(search, { key: "j", code: "KeyJ" });
    expect(selected()).toBeUndefined();
  });
});

describe("[PAR-2] narrowing the queue", () => {
  it("narrows by kind, says so, and clears all", async () => {
    await open();
    const all = rows().length;
    fireEvent.click(screen.getByRole("button", { name: "Kind" }));
    fireEvent.click(await screen.findByRole("option", { name: /^Alarm Alarms$|Alarms$/ }));
    await waitFor(() => expect(rows().every((row) => refOf(row)?.startsWith("A"))).toBe(true));
    expect(screen.getByRole("button", { name: "Kind: 1 chosen" })).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Clear all" }));
    await waitFor(() => expect(rows().length).toBe(all));
  });

  it("says that nothing matches, and shows what is done apart", async () => {
    await open();
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "no such thing" } });
    expect(await screen.findByText("Nothing matches")).toBeDefined();
    fireEvent.click(screen.getAllByRole("button", { name: "Clear all" })[0] as HTMLElement);
    fireEvent.click(screen.getByRole("radio", { name: "Done" }));
    await screen.findByRole("listbox", { name: /done/ });
  });

  it("keeps a filter as a view of one's own", async () => {
    const { state } = await open("?q=inspection");
    fireEvent.click(screen.getByRole("button", { name: "Views" }));
    fireEvent.change(await screen.findByLabelText("Name of the view"), {
      target: { value: "Inspections" },
    });
    fireEvent.click(screen.getByRole("button", { name: "Save this view" }));
    await waitFor(() => expect(state.preferences.savedViews).toHaveLength(1));
    expect(state.preferences.savedViews[0]?.filter.search).toBe("inspection");
  });
});

describe("[PAR-5] actions are intents, judged at once", () => {
  it("takes a ticket with t: shown at once, waiting to be sent, still selected", async () => {
    const { state } = await open();
    press("j");
    await detail();
    const ref = await waitFor(() => refOf(selected()));
    await screen.findByRole("button", { name: /Take/ });
    press("t");
    await waitFor(() => expect(made(state)[0]?.type).toBe("ticket.take"));
    expect(await screen.findByText("Waiting to be sent")).toBeDefined();
    await waitFor(() => expect(refOf(selected())).toBe(ref));
  });

  it("says why not, on the spot, which layer and what helps", async () => {
    const { state } = await open();
    press("j");
    const resolve = await screen.findByRole("button", { name: /Resolve/ });
    await waitFor(() => expect(resolve.getAttribute("aria-disabled")).toBe("true"));
    press("c");
    expect((await screen.findByRole("alert")).textContent).toMatch(/Refused by/);
    expect(made(state)).toHaveLength(0);
  });

  it("adds a note with its text", async () => {
    const { state } = await open();
    press("j");
    await screen.findByRole("button", { name: /Note/ });
    press("n");
    const field = await screen.findByRole("textbox", { name: "Your note" });
    fireEvent.change(field, { target: { value: "  Gate opens at 8 " } });
    fireEvent.click(screen.getByRole("button", { name: /Add note/ }));
    await waitFor(() => expect(made(state)[0]?.payload).toEqual({ text: "Gate opens at 8" }));
    expect(await screen.findByText("waiting to be sent")).toBeDefined();
  });

  it("offers a role narrowed to its own visits nothing that decides over others' work", async () => {
    const { state } = await open();
    const viewer = fakeViewer();
    const role = viewer.role && { ...viewer.role, scope: "own-visits" as const };
    act(() => state.setSession({ state: "signed-in", viewer: { ...viewer, role }, ended: false }));
    press("j");
    await screen.findByRole("button", { name: /Take/ });
    expect(screen.queryByRole("button", { name: /Assign\b/ })).toBeNull();
    expect(screen.queryByRole("button", { name: "Plan a visit" })).toBeNull();
  });

  it("raises a ticket from an alarm, prefilled, and opens it", async () => {
    const { state } = renderApp("/partners/workload", { desk: "0" }, [workloadFeature]);
    const id = link(state, "alarm");
    cleanup();
    const again = await open(`?item=alarm:${id}`);
    fireEvent.click(await screen.findByRole("button", { name: "Raise ticket" }));
    const title = await screen.findByRole("textbox", { name: "Title" });
    expect((title as HTMLInputElement).value).toBe("Level above its bound");
    fireEvent.click(screen.getAllByRole("button", { name: /Raise ticket/ }).at(-1) as HTMLElement);
    await waitFor(() => expect(made(again.state)[0]?.payload.alarmId).toBe(id));
    await waitFor(async () => expect((await detail()).textContent).toMatch(/T-\w{6}/));
  });

  it("completes a visit with outcome, report and minutes; what is required holds it up", async () => {
    const { state } = await open("?q=inspection");
    press("j");
    const next = await screen.findByRole("button", { name: /Complete the visit/ });
    fireEvent.click(next);
    fireEvent.change(await screen.findByRole("textbox", { name: "Report" }), {
      target: { value: "All good" },
    });
    const send = screen.getByRole("button", { name: /Complete visit/ });
    fireEvent.click(send);
    expect((await screen.findByRole("alert")).textContent).toMatch(/checklist|Required/i);
    fireEvent.click(screen.getByRole("radio", { name: "Needs follow-up" }));
    fireEvent.click(send);
    await waitFor(() => expect(made(state).map((i) => i.type)).toEqual(["visit.complete"]));
    expect(made(state)[0]?.payload.outcome).toBe("follow-up-needed");
  });
});

describe("[PAR-1] what has left the coverage", () => {
  it("is said to be gone, with a way back", async () => {
    await open("?item=ticket:0190a000-0000-7000-8000-00000000dead");
    expect(await screen.findByText("This is no longer in your coverage")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Back to the list" }));
    expect(await screen.findByText("Choose a line to see all of it")).toBeDefined();
  });
});

describe("[PAR-2] in Thai", () => {
  it("reads in Thai throughout", async () => {
    await open("", { desk: "0", language: "th" });
    await waitFor(() => expect(i18next.language).toBe("th"));
    expect(await screen.findByRole("heading", { name: "งานบริการ" })).toBeDefined();
    press("j");
    expect(await screen.findByRole("button", { name: /รับงาน/ })).toBeDefined();
  });
});
