import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { useConnection } from "../../data/connection.ts";
import { CoreProvider } from "../../data/core.ts";
import { SessionProvider } from "../../data/session.ts";
import { useStepUp } from "../../data/use-step-up.ts";
import { fakeCore } from "../../testing/fake-core.ts";
import { signedIn } from "../../testing/fake-state.ts";
import { fakeViewer } from "../../testing/fake-viewer.ts";
import { startI18n } from "../i18n.ts";
import { StepUp } from "./step-up.tsx";

const tab = { opener: {} as unknown, location: { href: "" }, close: vi.fn() };

beforeEach(() => {
  startI18n("en");
  useConnection.setState({ way: "open" });
  tab.location.href = "";
  vi.spyOn(window, "open").mockReturnValue(tab as unknown as Window);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** A button whose act the server does once `state` says that its maker has proved who they are. */
const setUp = () => {
  const { client, state } = fakeCore({ stepup: "1" });
  const answers: Result<string, Failure>[] = [];
  let tries = 0;
  const Act = () => {
    const { runFresh } = useStepUp();
    const run = async (): Promise<Result<string, Failure>> => {
      tries += 1;
      return state.asksProof() ? err(fail("step-up-required", { minutes: 5 })) : ok("done");
    };
    const press = async () => answers.push(await runFresh(run, "Suspend Mali"));
    return (
      <button type="button" onClick={() => void press()}>
        act
      </button>
    );
  };
  render(
    <MantineProvider env="test">
      <CoreProvider core={client}>
        <SessionProvider>
          <StepUp>
            <Act />
          </StepUp>
        </SessionProvider>
      </CoreProvider>
    </MantineProvider>,
  );
  return { state, answers, tries: () => tries };
};

const ask = async () => {
  fireEvent.click(screen.getByRole("button", { name: "act" }));
  await screen.findByRole("dialog", { name: "Prove it's you" });
};

test("[ID-3] a dangerous act says what the proof is for, and is done by itself after it", async () => {
  const { state, answers, tries } = setUp();
  await ask();
  expect(screen.getByText("For this: Suspend Mali")).toBeTruthy();
  expect(screen.getByText(/within the last 5 minutes/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Sign in once more" }));
  await screen.findByText(/Sign in there, then come back/);
  expect(tab.location.href).toBe("#proof");
  expect(tab.opener).toBeNull();
  act(() => state.proved());
  await waitFor(() => expect(answers).toEqual([ok("done")]));
  expect(tries()).toBe(2);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("[ID-3] what failed is said, and can be tried again", async () => {
  const { state, answers } = setUp();
  await ask();
  fireEvent.click(screen.getByRole("button", { name: "Sign in once more" }));
  await screen.findByText(/Sign in there, then come back/);
  const { provedAt } = state.session as { provedAt: string };
  const failed = fail("step-up-other-account");
  act(() => state.setSession(signedIn(fakeViewer(), { provedAt, stepUpFailure: failed })));
  await screen.findByText("Another account signed in than the one you work with.");
  // What failed before says nothing of the try that begins now.
  fireEvent.click(screen.getByRole("button", { name: "Sign in once more" }));
  await screen.findByText(/Sign in there, then come back/);
  act(() => state.proved());
  await waitFor(() => expect(answers).toEqual([ok("done")]));
});

test("[ID-3] who does not want to is answered so, and nothing is done", async () => {
  const { answers, tries } = setUp();
  await ask();
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(answers).toEqual([err(fail("sign-in-cancelled"))]));
  expect(tries()).toBe(1);
});
