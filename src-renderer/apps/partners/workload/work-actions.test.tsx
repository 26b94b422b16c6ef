import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ownVisits } from "#shared/access/scope.ts";
import enDesk from "../../../../resources/locales/en/desk.json";
import enWork from "../../../../resources/locales/en/work.json";
import { fakeDesk } from "../../../testing/fake-desk.ts";
import { signedIn } from "../../../testing/fake-state.ts";
import { narrowedTo } from "../../../testing/fake-viewer.ts";
import { detail, link, made, open, press, refOf, selected } from "../../../testing/queue-screen.ts";
import { renderApp } from "../../../testing/render-app.tsx";
import { workloadFeature } from "./feature.tsx";

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
    act(() => state.setSession(signedIn(narrowedTo(ownVisits))));
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

describe("[S6] what was refused, where the work is", () => {
  it("says why it is refused again, and asks before it discards", async () => {
    const refused = fakeDesk(Date.now(), [])[0]?.intent.target;
    const { state } = await open(`?item=${refused?.kind}:${refused?.id}`, {});
    const left = () => state.desk.filter(({ intent }) => intent.target.id === refused?.id);
    const why = within(await screen.findByRole("region", { name: enWork.refused.title }));
    expect(why.getByRole("table").textContent).toContain("Level agrees with the staff gauge.");
    const alerts = screen.getAllByRole("alert").length;
    fireEvent.click(why.getByRole("button", { name: enDesk.resend }));
    await waitFor(() => expect(screen.getAllByRole("alert").length).toBeGreaterThan(alerts));
    fireEvent.click(why.getByRole("button", { name: enDesk.discard }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(left()).toHaveLength(1);
    fireEvent.click(dialog.getByRole("radio", { name: enDesk.discardForm.mistake }));
    fireEvent.click(dialog.getByRole("button", { name: enDesk.discardForm.go }));
    await waitFor(() => expect(left()).toHaveLength(0));
  });
});
