import { useMemo, useState } from "react";
import { type Failure, fail } from "#shared/failure.ts";
import { err, type Result } from "#shared/result.ts";
import { useCore } from "./core.ts";
import type { Payload } from "./use-intent.ts";

type Act = "resend" | "discard" | "keep";

/** What can be done with a change on the desk; each answers null once it is done, else why it is not. */
interface DeskActs {
  /** As it was meant, or as mended. */
  resend: (mended?: Payload) => Promise<Failure | null>;
  /** Throws a refused one away, for a reason that the customer's log keeps. */
  discard: (reason: string) => Promise<Failure | null>;
  /** Leaves an applied one as it is. */
  keep: () => Promise<Failure | null>;
  /** Which of them is under way. */
  busy: Act | null;
}

/** Sends a refused change again or discards it, or keeps one that replaced another's value (S6). */
export const useDeskItem = (id: string): DeskActs => {
  const { desk } = useCore();
  const [busy, setBusy] = useState<Act | null>(null);
  return useMemo(() => {
    const run = async (act: Act, answer: Promise<Result<unknown, Failure>>) => {
      setBusy(act);
      const done = await answer.catch(() => err(fail("core-unreachable")));
      setBusy(null);
      return done.ok ? null : done.error;
    };
    return {
      resend: (mended) => run("resend", desk.resend({ id, payload: mended ?? null })),
      discard: (reason) => run("discard", desk.discard({ id, reason })),
      keep: () => run("keep", desk.discard({ id, reason: "" })),
      busy,
    };
  }, [desk, id, busy]);
};
