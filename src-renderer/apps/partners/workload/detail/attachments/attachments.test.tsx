import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Visit } from "#shared/domain/visit/visit.ts";
import { fakeId } from "../../../../../testing/fake-ids.ts";
import type { FakeState } from "../../../../../testing/fake-state.ts";
import { made, open } from "../../../../../testing/queue-screen.ts";

/** The fake world's visit on site, whose assignee is looking. */
const VISIT = fakeId("visit", 0);
const NAME = "Attachments";

const theirs = {
  hash: "a".repeat(64),
  name: "photo.jpg",
  type: "image/jpeg",
  size: 2_400_000,
  thumb: "data:image/jpeg;base64,/9j/4AAQ",
  caption: "Nameplate",
  by: { id: fakeId("person", 0), name: "Somchai Wattana" },
  at: new Date(Date.now() - 3_600_000).toISOString(),
};

const change = (state: FakeState, to: Partial<Visit>) => {
  const record = state.get("visit", VISIT);
  if (record?.kind !== "visit") throw new Error("there is no such visit");
  state.records.set(`visit:${VISIT}`, { kind: "visit", data: { ...record.data, ...to } });
  state.bell.ring();
};

const openVisit = async (to: Partial<Visit> = {}, options = {}) => {
  const app = await open(`?item=visit:${VISIT}`, { desk: "0", ...options });
  await screen.findByRole("article");
  act(() => change(app.state, to));
  return app;
};
const section = () => screen.findByRole("region", { name: NAME });

const photo = (type = "image/jpeg", name = "nameplate.jpg") =>
  new File([new Uint8Array(2000)], name, { type });
const choose = async (...files: File[]) => {
  const place = await section();
  const input = await waitFor(() => {
    const found = document.querySelector("input[type=file][multiple]");
    if (found === null) throw new Error("there is nothing to choose a file with");
    return found;
  });
  fireEvent.change(input, { target: { files } });
  return within(place);
};

describe("[S13] attachments of a visit", () => {
  it("attaches what was chosen, with what it shows, and says that it waits", async () => {
    const { state } = await openVisit();
    const place = await choose(photo());
    fireEvent.change(await place.findByRole("textbox"), { target: { value: " Nameplate " } });
    fireEvent.click(place.getByRole("button", { name: /Attach 1 file/ }));
    await waitFor(() =>
      expect(made(state)[0]).toMatchObject({
        type: "visit.attach",
        payload: { name: "nameplate.jpg", type: "image/jpeg", size: 2000, caption: "Nameplate" },
      }),
    );
    const tile = await place.findByRole("button", { name: /Open Nameplate, added by Ploy/ });
    await waitFor(() => expect(tile.textContent).toContain("Waiting to be sent"));
    expect(place.queryByRole("textbox")).toBeNull();
  });

  it("says at once what cannot be attached, and sends none of it", async () => {
    const { state } = await openVisit();
    const place = await choose(photo("text/html", "page.html"));
    expect((await place.findByRole("alert")).textContent).toContain("cannot be attached");
    const send = place.getByRole("button", { name: /Attach 1 file/ });
    expect(send.hasAttribute("disabled")).toBe(true);
    fireEvent.click(place.getByRole("button", { name: /Leave out: page.html/ }));
    await place.findByRole("button", { name: "Add photo or file" });
    expect(made(state)).toEqual([]);
  });

  it("takes what is pasted, and what is dropped", async () => {
    await openVisit();
    const place = within(await section());
    await place.findByRole("button", { name: "Add photo or file" });
    fireEvent.paste(document.body, { clipboardData: { files: [photo()] } });
    await place.findByRole("button", { name: /Attach 1 file/ });
    const zone = place.getByRole("button", { name: /Attach 1 file/ });
    fireEvent.drop(zone, { dataTransfer: { types: ["Files"], files: [photo()] } });
    await place.findByRole("button", { name: /Attach 2 files/ });
  });

  it("is there to be read only once the visit is over, and not at all where there is nothing", async () => {
    const { state } = await openVisit({ status: "completed", attachments: [theirs] });
    const place = within(await section());
    expect(place.getByRole("button", { name: /Open Nameplate/ })).toBeDefined();
    expect(place.queryByRole("button", { name: "Add photo or file" })).toBeNull();
    act(() => change(state, { attachments: [] }));
    await waitFor(() => expect(screen.queryByRole("region", { name: NAME })).toBeNull());
  });

  it("says of a picture that has not arrived from whose device it is still to come", async () => {
    await openVisit({ attachments: [theirs] });
    fireEvent.click(await screen.findByRole("button", { name: /Open Nameplate/ }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(await dialog.findByText("Still on its way from Somchai Wattana’s device")).toBeDefined();
    expect(dialog.getByRole("button", { name: "Try again" })).toBeDefined();
    // What another added is another's to remove.
    expect(dialog.queryByRole("button", { name: "Remove" })).toBeNull();
  });

  it("says offline that there is no way to fetch it now", async () => {
    await openVisit({ attachments: [theirs] }, { phase: "offline" });
    fireEvent.click(await screen.findByRole("button", { name: /Open Nameplate/ }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(await dialog.findByText("Not on this device yet")).toBeDefined();
  });

  it("removes one's own after it has been asked, and goes on to others by arrow keys", async () => {
    const { state } = await openVisit({ attachments: [theirs] });
    const place = await choose(photo());
    fireEvent.click(await place.findByRole("button", { name: /Attach 1 file/ }));
    fireEvent.click(await place.findByRole("button", { name: /Open Nameplate/ }));
    const dialog = await screen.findByRole("dialog", { name: "Nameplate" });
    fireEvent.keyDown(dialog, { key: "ArrowRight" });
    const own = within(await screen.findByRole("dialog", { name: "nameplate.jpg" }));
    expect(await own.findByRole("img", { name: "nameplate.jpg" })).toBeDefined();
    fireEvent.click(own.getByRole("button", { name: "Remove" }));
    expect(made(state).map((intent) => intent.type)).toEqual(["visit.attach"]);
    fireEvent.click(own.getByRole("button", { name: "Remove it" }));
    await waitFor(() =>
      expect(made(state).map((intent) => intent.type)).toEqual(["visit.attach", "visit.detach"]),
    );
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
});
