import { type ReactNode, useCallback, useState } from "react";
import { type Failure, fail } from "#shared/failure.ts";
import { err } from "#shared/result.ts";
import { type RunFresh, StepUpContext } from "../../data/use-step-up.ts";
import { ProofDialog } from "./proof-dialog.tsx";

/** A proof that is waited for. */
interface Asked {
  failure: Failure;
  purpose: string | null;
  settle: (proved: boolean) => void;
}

/** Asks for a proof of who acts, for everything below it. */
export const StepUp = ({ children }: { children: ReactNode }) => {
  const [asked, setAsked] = useState<Asked | null>(null);
  const runFresh = useCallback<RunFresh>(async (act, purpose) => {
    const first = await act();
    if (first.ok || first.error.code !== "step-up-required") return first;
    const proved = await new Promise<boolean>((settle) =>
      setAsked({ failure: first.error, purpose: purpose ?? null, settle }),
    );
    setAsked(null);
    return proved ? act() : err(fail("sign-in-cancelled"));
  }, []);
  return (
    <StepUpContext.Provider value={runFresh}>
      {children}
      {asked !== null && <ProofDialog {...asked} />}
    </StepUpContext.Provider>
  );
};
