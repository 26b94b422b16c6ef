import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import i18next from "i18next";
import { describe, expect, it } from "vitest";
import { detail, open, press, refOf, rows, selected } from "../../../testing/queue-screen.ts";

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

  it("lists its keys with all the others", async () => {
    await open();
    press("?", "Slash");
    const list = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(list).getByText("Take it")).toBeDefined();
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

  it("narrows to what is overdue, says so, and leaves that out of what is done", async () => {
    await open();
    const all = rows().length;
    fireEvent.click(screen.getByRole("button", { name: "Due" }));
    fireEvent.click(await screen.findByRole("option", { name: "Overdue" }));
    await screen.findByRole("button", { name: "Due: Overdue" });
    await waitFor(() => expect(rows().length).toBeLessThan(all));
    expect(rows().every((row) => row.textContent?.includes("overdue"))).toBe(true);
    fireEvent.click(screen.getByRole("radio", { name: "Done" }));
    await screen.findByRole("listbox", { name: /done/ });
    expect(screen.queryByRole("button", { name: /^Due/ })).toBeNull();
  });

  it("says of what is done when it ended", async () => {
    await open("?state=done");
    await waitFor(() => expect(rows()[0]?.querySelector("time")).not.toBeNull());
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
