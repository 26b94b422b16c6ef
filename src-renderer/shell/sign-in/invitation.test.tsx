import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, test } from "vitest";
import { fail } from "#shared/failure.ts";
import { renderApp } from "../../testing/render-app.tsx";
import { secretIn } from "./secret-in.ts";

afterEach(cleanup);

const secret = "Zm9vYmFyYmF6cXV4LXdpdGgtZW5vdWdoLWNoYW5jZQ_";

describe("[ACC-2] the secret of an invitation", () => {
  it.each([
    ["the link", `https://sync.riversync.example/invitation#${secret}`],
    ["the link with what came along", `  https://sync.riversync.example/invitation#${secret}\n`],
    ["itself", secret],
  ])("is found in %s", (_what, pasted) => expect(secretIn(pasted)).toBe(secret));

  it.each([
    ["nothing", ""],
    ["a link cut short", "https://sync.riversync.example/invitation"],
    ["a link without its secret", "https://sync.riversync.example/invitation#"],
    ["any other words", "please come"],
  ])("is not found in %s", (_what, pasted) => expect(secretIn(pasted)).toBeNull());
});

test("[ACC-2] what is no invitation is said in place, and one finds back", async () => {
  const { state } = renderApp("/partners");
  state.setSession({ state: "signed-out", failure: fail("sign-in-cancelled") });
  fireEvent.click(await screen.findByRole("button", { name: "I have an invitation" }));
  fireEvent.change(await screen.findByRole("textbox", { name: "Invitation link" }), {
    target: { value: "https://sync.riversync.example/invitation" },
  });
  fireEvent.click(screen.getByRole("button", { name: "Continue" }));
  expect(await screen.findByText(/This is no invitation link/)).toBeDefined();
  expect(state.session.state).toBe("signed-out");
  fireEvent.click(screen.getByRole("button", { name: "Back to signing in" }));
  expect(await screen.findByRole("button", { name: "Sign in with RiverSync ID" })).toBeDefined();
});
