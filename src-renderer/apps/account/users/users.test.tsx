import { createHash } from "node:crypto";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { decideAct } from "#shared/access/decide.ts";
import { menuOf } from "#shared/access/menu.ts";
import { intentDefs } from "#shared/domain/registry.ts";
import { choose, made, openAccount, press, type } from "../../../testing/account-screen.ts";
import { fakeId } from "../../../testing/fake-ids.ts";
import { ME } from "../../../testing/fake-viewer.ts";

const ARTHIT = fakeId("person", 2);
const NIRAN = fakeId("person", 4);
const detail = async () => within(await screen.findByRole("article"));

describe("[AUTH-1] users and their roles", () => {
  it("lists everyone with the role in each app, and narrows by a search", async () => {
    openAccount("users");
    const list = await screen.findByRole("list", { name: "Users" });
    expect(within(list).getAllByRole("link").length).toBeGreaterThan(10);
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "technician" } });
    await waitFor(() => expect(within(list).getAllByRole("link")).toHaveLength(4));
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "zzzz" } });
    expect(await screen.findByText("Nobody matches")).toBeDefined();
  });

  it("[WF-8] grants a role that exists, at once, and never a level", async () => {
    const { state } = openAccount(`users/${ARTHIT}`, { phase: "offline" });
    await choose("Role in Partners", "Sales");
    await waitFor(() => expect(made(state)).toHaveLength(1));
    const [{ type: kind, payload } = { type: "", payload: {} }] = made(state);
    expect(kind).toBe("person.change-role");
    expect(Object.keys(payload).sort()).toEqual(["app", "roleId"]);
    expect((await detail()).getByText("Waiting to be sent")).toBeDefined();
  });

  it("locks one's own rights, in words", async () => {
    openAccount(`users/${ME}`);
    const article = await detail();
    const reasons = await article.findAllByText(/Nobody changes what they themselves may do/);
    expect(reasons.length).toBeGreaterThan(0);
    const select = screen.getByRole<HTMLInputElement>("combobox", { name: "Role in Partners" });
    await waitFor(() => expect(select.disabled).toBe(true));
  });

  it("lets only an owner touch an owner", async () => {
    openAccount(`users/${NIRAN}`);
    const article = await detail();
    const suspend = await article.findByRole<HTMLButtonElement>("button", { name: "Suspend" });
    const reasons = await article.findAllByText(/Only an owner may/);
    expect(reasons.length).toBeGreaterThan(0);
    expect(suspend.disabled).toBe(true);
  });

  it("[ID-3] suspends after asking, and after a proof of who does it", async () => {
    const { state } = openAccount(`users/${ARTHIT}`, { stepup: "1" });
    await press("Suspend");
    const dialog = within(await screen.findByRole("dialog", { name: /Suspend Arthit/ }));
    fireEvent.click(dialog.getByRole("button", { name: "Suspend" }));
    await waitFor(() => expect(screen.getAllByRole("dialog").length).toBeGreaterThan(1));
    expect(made(state)).toEqual([]);
    state.proved();
    await waitFor(() => expect(made(state)).toEqual([{ type: "person.suspend", payload: {} }]));
  });
});

describe("[FED-10] somebody's own scope", () => {
  it("narrows what the role gives, seen before it is saved", async () => {
    const { state } = openAccount(`users/${fakeId("person", 8)}`);
    await press("Narrow for this person");
    const own = screen.getByRole("switch", { name: /^Only own visits/ });
    fireEvent.click(own);
    expect(await screen.findByText(/devices? fewer|No device more or less/)).toBeDefined();
    await press("Narrow");
    await waitFor(() =>
      expect(made(state)).toEqual([
        {
          type: "person.set-scope",
          payload: { scope: { ownVisits: true, regions: null, customerIds: null } },
        },
      ]),
    );
  });
});

describe("[ACC-2] an invitation", () => {
  const invite = async () => {
    await press("Invite");
    await screen.findByRole("dialog");
    type(/^Name/, "Wanida Sook");
    type(/^E-mail/, "wanida@nera.co.th");
    await press("Make the invitation");
    const shown = await screen.findByRole<HTMLInputElement>("textbox", { name: "Invitation link" });
    await waitFor(() => expect(shown.value).toContain("/invitation#"));
    return shown.value;
  };

  it("keeps its secret in the link: what is sent is the hash of it", async () => {
    const { state } = openAccount("users", { phase: "offline" });
    const link = await invite();
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:8787\/invitation#[\w-]{43}$/);
    const secret = link.split("#")[1] ?? "";
    const [sent] = made(state);
    expect(sent?.type).toBe("person.invite");
    expect(sent?.payload.inviteHash).toBe(createHash("sha256").update(secret).digest("hex"));
    const known = JSON.stringify([[...state.records], [...state.pending], state.preferences]);
    expect(known).not.toContain(secret);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(secret);
    expect(await screen.findByText(/waits to be sent; the link works once/)).toBeDefined();
  });

  it("shows the link once, and makes another with a secret of its own when asked again", async () => {
    const { state } = openAccount("users");
    const first = await invite();
    await press("Done");
    await detail();
    await waitFor(() => expect(screen.queryByDisplayValue(first)).toBeNull());
    await press("Invite again");
    const again = await screen.findByRole<HTMLInputElement>("textbox", { name: "Invitation link" });
    await waitFor(() => expect(again.value).toContain("/invitation#"));
    expect(again.value).not.toBe(first);
    const hashes = made(state).map(({ payload }) => payload.inviteHash);
    expect(new Set(hashes).size).toBe(2);
  });

  it("refuses an address that is taken, in words", async () => {
    const { state } = openAccount("users");
    await press("Invite");
    await screen.findByRole("dialog");
    type(/^Name/, "Another");
    type(/^E-mail/, "user2@nera.co.th");
    await press("Make the invitation");
    expect((await screen.findByRole("alert")).textContent).toContain("user2@nera.co.th");
    expect(made(state)).toEqual([]);
  });
});

describe("[WF-4] lanes are authorization", () => {
  it("gives a customer's administrator no step of a partner's or of RiverSync's", async () => {
    const { state } = openAccount("users", { tenant: "customer" });
    await screen.findByRole("list", { name: "Users" });
    const { viewer } = state;
    if (viewer === null) throw new Error("nobody is signed in");
    const own = new Set(menuOf(viewer.tenant).map(({ item }) => item));
    const allowed = Object.values(intentDefs).filter((def) => decideAct(viewer, def) === null);
    expect(allowed.length).toBeGreaterThan(0);
    for (const { permission } of allowed) expect(own).toContain(permission);
    const menu = within(screen.getByRole("navigation", { name: "Menu" }));
    for (const name of ["Workload", "Deals", "Organisation log"]) {
      expect(menu.queryByRole("link", { name })).toBeNull();
    }
  });

  it("shows a customer's matrix with its own items only", async () => {
    openAccount("permissions", { tenant: "customer" });
    const grid = within(await screen.findByRole("grid"));
    expect(grid.getByRole("rowheader", { name: "My devices" })).toBeDefined();
    expect(grid.queryByRole("rowheader", { name: "Workload" })).toBeNull();
  });
});
