import { useState } from "react";
import type { IntentType } from "#shared/domain/registry.ts";
import type { Failure } from "#shared/failure.ts";
import { type Payload, useIntent } from "../../../../data/use-intent.ts";

/** Sends a form's change: whether it is under way, and what it was refused with. */
export const useSubmit = (
  type: IntentType,
  targetId: string | null,
  onDone: (targetId: string) => void,
): { busy: boolean; failure: Failure | null; submit: (payload: Payload) => void } => {
  const { make, busy } = useIntent();
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = (payload: Payload) => {
    setFailure(null);
    void make(type, targetId, payload, { quiet: true }).then((made) => {
      if (made.ok) onDone(made.value.targetId);
      else setFailure(made.error);
    });
  };
  return { busy, failure, submit };
};
