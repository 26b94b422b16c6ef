import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { fail } from "#shared/failure.ts";
import { renderApp } from "../testing/render-app.tsx";

afterEach(cleanup);

test("[S9] whom the server tells nothing any more finds the app closed, and open again once restored", async () => {
  const { state } = renderApp("/partners/workload");
  await screen.findByText("page workload");
  act(() =>
    state.setSync({ phase: "offline", failure: fail("account-suspended", { tenant: "Nera" }) }),
  );
  await screen.findByRole("heading", { name: "This account is closed" });
  expect(screen.getByText("Your account at Nera is suspended.")).toBeDefined();
  expect(screen.queryByText("page workload")).toBeNull();
  act(() => state.setSync({ phase: "offline", failure: fail("server-unreachable") }));
  await screen.findByText("page workload");
});
