import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { made, openAccount, press } from "../../../testing/account-screen.ts";
import { TECHNICIAN } from "../../../testing/fake-people.ts";

const grid = () => screen.findByRole("grid", { name: "Permissions of each role" });
const cell = async (name: string | RegExp) => within(await grid()).findByRole("gridcell", { name });

/** A cell once it is known that it can be changed. */
const open = async (name: RegExp) => {
  const found = await cell(name);
  await waitFor(() => expect(within(found).queryAllByRole("button")).toHaveLength(3));
  return found;
};

describe("[FED-9] the matrix", () => {
  it("sets one level of one role by a key, at once, and nothing else", async () => {
    const { state } = openAccount("permissions");
    const workload = await open(/^Technician, Workload: Full/);
    workload.focus();
    fireEvent.keyDown(workload, { key: "r", code: "KeyR" });
    expect(await cell(/^Technician, Workload: Read\. The template gives Full/)).toBeDefined();
    expect(made(state)).toEqual([
      { type: "role.set-level", payload: { item: "workload", level: "read" } },
    ]);
  });

  it("goes round full, read, hidden with Enter, and understands keys on a Thai board", async () => {
    openAccount("permissions");
    const sales = await open(/^Sales, Leads: Full/);
    fireEvent.keyDown(sales, { key: "Enter" });
    fireEvent.keyDown(await cell(/^Sales, Leads: Read/), { key: "Enter" });
    fireEvent.keyDown(await cell(/^Sales, Leads: Hidden/), { key: "ด", code: "KeyF" });
    expect(await cell("Sales, Leads: Full")).toBeDefined();
  });

  it("is moved through by arrows, with one cell in the order of tabs", async () => {
    openAccount("permissions");
    const first = await cell(/^Owner, Leads/);
    first.focus();
    fireEvent.keyDown(first, { key: "ArrowRight" });
    fireEvent.keyDown(document.activeElement as Element, { key: "ArrowDown" });
    expect(document.activeElement?.getAttribute("aria-label")).toMatch(
      /^Administrator, Opportunities/,
    );
    const tabbed = (await within(await grid()).findAllByRole("gridcell")).filter(
      ({ tabIndex }) => tabIndex === 0,
    );
    expect(tabbed).toEqual([document.activeElement]);
    fireEvent.keyDown(document.activeElement as Element, { key: "ArrowLeft" });
    fireEvent.keyDown(document.activeElement as Element, { key: "ArrowLeft" });
    expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^Owner, Opportunities/);
  });

  it("takes a click on one of the three", async () => {
    const { state } = openAccount("permissions");
    const quotes = await open(/^Bid desk, Quotes: Full/);
    fireEvent.click(within(quotes).getByRole("button", { name: "Hide" }));
    await cell(/^Bid desk, Quotes: Hidden/);
    expect(made(state).map(({ payload }) => payload)).toEqual([
      { item: "quotes", level: "hidden" },
    ]);
  });

  it("says in words why the owner's, one's own and an app out of reach stay as they are", async () => {
    const { state } = openAccount("permissions");
    await open(/^Technician, Workload/);
    const refused = async (name: RegExp, words: RegExp) => {
      const locked = await cell(name);
      expect(locked.getAttribute("aria-readonly")).toBe("true");
      fireEvent.keyDown(locked, { key: "h", code: "KeyH" });
      expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
    };
    await refused(/^Owner, Workload: Full/, /Owner is fixed/);
    await refused(/^Administrator, Workload: Full/, /Nobody changes what they themselves may do/);
    await refused(
      /^Technician, Users: The role does not reach/,
      /Technician does not reach that app/,
    );
    expect(made(state)).toEqual([]);
  });

  it("[AUTH-3] is all locked for who may only look, with the reason", async () => {
    const { state } = openAccount("permissions", { template: "reader" });
    const workload = await cell(/^Technician, Workload: Full/);
    fireEvent.click(await screen.findByRole("button", { name: /Read only.*Why can't I\?/ }));
    const answer = within(await screen.findByRole("dialog"));
    expect(answer.getByText(/may look at Permissions but not change/)).toBeDefined();
    await waitFor(() => expect(workload.getAttribute("aria-readonly")).toBe("true"));
    fireEvent.keyDown(workload, { key: "h", code: "KeyH" });
    expect(made(state)).toEqual([]);
  });
});

describe("[FED-10] the scope of a role", () => {
  it("is changed beside the matrix, and said in a sentence before it is saved", async () => {
    const { state } = openAccount(`permissions?role=${TECHNICIAN}`);
    const panel = within(await screen.findByRole("article"));
    expect(panel.getByText("Only their own visits and the devices on them")).toBeDefined();
    const own = panel.getByRole<HTMLInputElement>("switch", { name: /^Only own visits/ });
    await waitFor(() => expect(own.disabled).toBe(false));
    fireEvent.click(own);
    expect(panel.getByText("Everything the organisation sees")).toBeDefined();
    expect(made(state)).toEqual([]);
    await press("Save the scope");
    await waitFor(() =>
      expect(made(state)).toEqual([
        {
          type: "role.set-scope",
          payload: { scope: { ownVisits: false, regions: null, customerIds: null } },
        },
      ]),
    );
  });

  it("shows what somebody would see with the role", async () => {
    openAccount(`permissions?role=${TECHNICIAN}`);
    const panel = within(await screen.findByRole("article"));
    expect(await panel.findByText(/^\d+ of 25 devices$/)).toBeDefined();
  });
});
