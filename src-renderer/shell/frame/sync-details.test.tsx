import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { FakeOptions } from "../../testing/fake-state.ts";
import { renderApp } from "../../testing/render-app.tsx";

afterEach(cleanup);

/** Each line of what stands behind the sync status, with its note where it has one. */
const facts = async (options: FakeOptions) => {
  renderApp("/partners", { desk: "0", ...options });
  fireEvent.click(await screen.findByTestId("sync-status"));
  const details = within(await screen.findByRole("region", { name: "Sync" }));
  return details.getAllByRole("term").map((name) => name.parentElement?.textContent);
};

it("says nothing of what is not so: no skew, nothing repaired, erased or left to send", async () => {
  expect(await facts({ skew: "59000" })).toEqual([
    "Last syncjust now",
    "Waiting to be sentNothing",
    "Needs attentionNothing",
  ]);
});

it("says the skew in words, and that nobody repairs it", async () => {
  expect((await facts({ skew: String(7 * 60_000) }))[3]).toBe(
    "This device's clock7m behind the serverBoth times are kept. Deadlines are the server's.",
  );
});

it("[S5] says that a damaged copy was made anew, and what of it was rescued", async () => {
  const told = await facts({ rescued: "3", lost: "1" });
  expect(told.join(" ")).toContain("3 changes");
  expect(told.join(" ")).toContain("could not be read");
});

it("[S9] [S10] [S11] [S13] says what was repaired and erased, and which files wait", async () => {
  const told = await facts({ repaired: "1", erased: "1200", files: "2" });
  expect(told.slice(3)).toEqual([
    "Attachments waiting2",
    "Repaired1 recordThey differed from the server's, and were mended by themselves.",
    "Erased1,200 recordsTheir coverage ended: nothing of them is left here.",
  ]);
});
