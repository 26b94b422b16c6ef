import { createContext, useContext } from "react";
import type { Failure } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";

/**
 * Runs an act. Where it answers `step-up-required` the person is asked to prove once more who they
 * are, and then the act is run once more (ID-3); `purpose` says what it is for. Who does not want to
 * is answered with `sign-in-cancelled`. The act must be quiet about its refusal.
 */
export type RunFresh = <T>(
  act: () => Promise<Result<T, Failure>>,
  purpose?: string,
) => Promise<Result<T, Failure>>;

/** Who asks for the proof: the shell, above every page. */
export const StepUpContext = createContext<RunFresh | null>(null);

/** How to run acts that may ask for a proof of who acts. Only below the signed-in frame. */
export const useStepUp = (): { runFresh: RunFresh } => {
  const runFresh = useContext(StepUpContext);
  if (runFresh === null) throw new Error("useStepUp where nobody is signed in");
  return { runFresh };
};
