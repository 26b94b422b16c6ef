import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { accessLayers } from "#shared/access/layers.ts";
import { everywhere } from "#shared/access/scope.ts";
import type { Person } from "#shared/domain/person/person.ts";
import { type Failure, failureLayers } from "#shared/failure.ts";
import { fakePeople, fakeRoles } from "../../testing/fake-people.ts";
import { fakeViewer } from "../../testing/fake-viewer.ts";
import { open, press } from "../../testing/queue-screen.ts";
import { renderApp } from "../../testing/render-app.tsx";
import { holdersOfFull, unlockOf } from "./unlock.ts";

afterEach(cleanup);

const strip = () =>
  within(screen.getByRole("list", { name: "Layers of access" }))
    .getAllByRole("listitem")
    .map((item) => item.dataset.answer);

describe("Why can't I?", () => {
  it("draws the six layers in the order they are asked, offline too", async () => {
    renderApp("/partners/workload", { template: "sales", phase: "offline" });
    await screen.findByRole("heading", { name: "Workload is not open to you" });
    expect(strip()).toEqual(["passed", "passed", "passed", "refused", "notAsked", "notAsked"]);
    expect(screen.getByText("The role Sales does not include Workload.")).toBeTruthy();
  });

  it("[S8] says what unlocks it, and who by what they are where who may do what is not read", async () => {
    renderApp("/partners/deals", { template: "coordinator" });
    expect(await screen.findByText("An administrator of Nera")).toBeTruthy();
    expect(screen.queryByText(/Niran/)).toBeNull();
  });

  it("names them to who may read it", async () => {
    renderApp("/portal/my-devices", { template: "administrator" });
    expect(await screen.findByText(/RiverSync, when your administrator asks/)).toBeTruthy();
    cleanup();
    await open("", { template: "reader", desk: "0" });
    press("j");
    fireEvent.click(await screen.findByRole("button", { name: /Read only.*Why can't I\?/ }));
    const answer = within(await screen.findByRole("dialog"));
    expect(answer.getByText("Kanya Rattanakul or Niran Sukhum")).toBeTruthy();
  });

  it("stands where a whole piece of work may only be looked at", async () => {
    await open("", { template: "reader", desk: "0" });
    press("j");
    fireEvent.click(await screen.findByRole("button", { name: /Read only.*Why can't I\?/ }));
    const answer = await screen.findByRole("dialog");
    expect(within(answer).getByText(/may look at Workload but not change/)).toBeTruthy();
  });

  it("stands beside a locked button, and tells a working rule from a lack of access", async () => {
    await open();
    press("j");
    press("j");
    fireEvent.click(await screen.findByRole("button", { name: "Why can't I?" }));
    const answer = within(await screen.findByRole("dialog"));
    expect(answer.getByRole("heading", { name: "Resolve" })).toBeTruthy();
    expect(answer.getByText(/Only its assignee may do this/)).toBeTruthy();
    expect(strip()).toEqual(Array(6).fill("passed"));
  });

  it("speaks Thai", async () => {
    renderApp("/partners/deals", { template: "coordinator", language: "th" });
    expect(await screen.findByText("ผู้ดูแลระบบของ Nera")).toBeTruthy();
  });
});

describe("who can unlock", () => {
  it("is said for every refusal of the six layers", () => {
    const access = Object.entries(failureLayers).filter(([, layer]) =>
      (accessLayers as readonly string[]).includes(layer),
    );
    const unsaid = access
      .map(([code, layer]) => ({ code, layer }) as Failure)
      .filter((failure) => unlockOf(failure) === null)
      .map(({ code }) => code);
    // Nobody inside an organisation answers these: they are the server's word on a false identity.
    expect(unsaid.sort()).toEqual(["account-unknown", "actor-forged", "audit-log-not-yours"]);
  });

  it("are active people whose role in the item's app has it in full", () => {
    const viewer = fakeViewer("reseller", "administrator");
    const people = fakePeople(viewer, 0);
    const roles = fakeRoles(viewer);
    const names = (of: readonly Person[]) => holdersOfFull("permissions", of, roles, viewer.tenant);
    expect(names(people)).toEqual(["Kanya Rattanakul", "Niran Sukhum", "Ploy Siriwan"]);
    const suspended = people.map((person) =>
      person.access && person.name.startsWith("Kanya")
        ? {
            ...person,
            access: { ...person.access, status: "suspended" as const, scope: everywhere },
          }
        : person,
    );
    expect(names(suspended)).not.toContain("Kanya Rattanakul");
  });
});
