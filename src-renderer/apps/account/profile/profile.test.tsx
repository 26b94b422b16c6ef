import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { openAccount, press } from "../../../testing/account-screen.ts";

describe("[ID-1] one's profile", () => {
  it("is open to everyone, and says who one is, the role in each app and where it applies", async () => {
    openAccount("profile", { template: "sales" });
    expect(await screen.findByRole("heading", { name: "Ploy Siriwan" })).toBeDefined();
    expect(screen.getByText("Nera · Reseller")).toBeDefined();
    const roles = within(screen.getByRole("region", { name: "Your roles" }));
    expect(roles.getByText("Sales")).toBeDefined();
    expect(roles.getByText("Everything the organisation sees")).toBeDefined();
    expect(roles.getByText("No role")).toBeDefined();
  });
});

describe("[ID-3] one's devices", () => {
  it("are listed with this one marked, and another is revoked after asking", async () => {
    openAccount("profile");
    const list = within(await screen.findByRole("list", { name: "My devices" }));
    expect(list.getAllByText("This device")).toHaveLength(1);
    const [revoke] = list.getAllByRole("button", { name: "Revoke…" });
    expect(list.getAllByText(/erases itself at its next contact/)).toHaveLength(1);
    if (revoke !== undefined) fireEvent.click(revoke);
    await press("Revoke the device");
    await waitFor(() =>
      expect(list.getAllByText(/erases itself at its next contact/)).toHaveLength(2),
    );
    expect(list.queryByRole("button", { name: "Revoke…" })).toBeNull();
  });

  it("say offline that they need the server, and show what was last known", async () => {
    const { state } = openAccount("profile");
    await screen.findByRole("list", { name: "My devices" });
    state.setSync({ phase: "offline" });
    expect(await screen.findByText(/needs the server/)).toBeDefined();
    expect(screen.getByText(/What is shown was known/)).toBeDefined();
    expect(screen.getByRole("list", { name: "My devices" })).toBeDefined();
  });

  it("are all signed out after saying what that does", async () => {
    const { state } = openAccount("profile", { waiting: "2" });
    await press("Sign out everywhere…");
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText(/No device can sync until somebody signs in/)).toBeDefined();
    expect(dialog.getByText(/2 changes wait/)).toBeDefined();
    expect(state.session.state).toBe("signed-in");
    fireEvent.click(dialog.getByRole("button", { name: "Sign out everywhere" }));
    await waitFor(() => expect(state.session.state).toBe("signed-out"));
  });
});
