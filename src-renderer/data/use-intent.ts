import { notifications } from "@mantine/notifications";
import { createElement, useCallback, useMemo, useState } from "react";
import type { IntentType } from "#shared/domain/registry.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, type Result } from "#shared/result.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { useCore } from "./core.ts";

/** What an accepted change answers: its target, and the intent that waits for the server. */
interface Made {
  targetId: string;
  intentId: string;
}

/** The payload of an intent, as its schema will judge it. */
export type Payload = Record<string, unknown>;

/** How to make changes, ask beforehand whether they would be allowed, and whether one is under way. */
export interface Intents {
  make: (
    type: IntentType,
    targetId: string | null,
    payload: Payload,
    /** `quiet` where the caller shows the refusal itself. */
    options?: { quiet?: boolean },
  ) => Promise<Result<Made, Failure>>;
  /** Null where it would be allowed now, else the refusal: "Why can't I?". */
  check: (type: IntentType, targetId: string | null, payload: Payload) => Promise<Failure | null>;
  busy: boolean;
}

/** Shows a refusal in the corner: what happened, which layer, what to do. */
export const notifyFailure = (failure: Failure): void => {
  notifications.show({
    color: "red",
    autoClose: 12_000,
    message: createElement(FailureNotice, { failure, plain: true }),
    withBorder: true,
  });
};

/** Makes changes through the core; a refusal is shown as a notification and returned as a value. */
export const useIntent = (): Intents => {
  const core = useCore();
  const [running, setRunning] = useState(0);

  const make = useCallback<Intents["make"]>(
    async (type, targetId, payload, options) => {
      setRunning((n) => n + 1);
      try {
        const made = await core.intents.make({ type, targetId, payload });
        if (!made.ok && options?.quiet !== true) notifyFailure(made.error);
        return made;
      } catch {
        const lost = fail("core-unreachable");
        if (options?.quiet !== true) notifyFailure(lost);
        return err(lost);
      } finally {
        setRunning((n) => n - 1);
      }
    },
    [core],
  );

  const check = useCallback<Intents["check"]>(
    async (type, targetId, payload) => {
      const answer = await core.intents.check({ type, targetId, payload }).catch(() => null);
      return answer === null || answer.ok ? null : answer.error;
    },
    [core],
  );

  return useMemo(() => ({ make, check, busy: running > 0 }), [make, check, running]);
};
