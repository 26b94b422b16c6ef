import { useMemo, useState } from "react";
import { type Failure, fail } from "#shared/failure.ts";
import { err, type Result } from "#shared/result.ts";
import { useCore } from "./core.ts";
import type { Payload } from "./use-intent.ts";

/** What can be done with a refused change; each answers null once it is done, else why it is not. */
interface DeskActs {
  /** As it was meant, or as mended. */
  resend: (mended?: Payload) => Promise<Failure | null>;
  discard: () => Promise<Failure | null>;
  /** Which of them is under way. */
  busy: "resend" | "discard" | null;
}

/** Sends a refused change again, or discards it (S6). */
export const useDeskItem = (id: string): DeskActs => {
  const { desk } = useCore();
  const [busy, setBusy] = useState<DeskActs["busy"]>(null);
  return useMemo(() => {
    const run = async (act: "resend" | "discard", answer: Promise<Result<unknown, Failure>>) => {
      setBusy(act);
      const done = await answer.catch(() => err(fail("core-unreachable")));
      setBusy(null);
      return done.ok ? null : done.error;
    };
    return {
      resend: (mended) => run("resend", desk.resend({ id, payload: mended ?? null })),
      discard: () => run("discard", desk.discard({ id, reason: "" })),
      busy,
    };
  }, [desk, id, busy]);
};
