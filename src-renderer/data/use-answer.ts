import { useCallback, useEffect, useRef, useState } from "react";
import type { Viewer } from "#shared/access/viewer.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, type Result } from "#shared/result.ts";
import { type CoreClient, useCore } from "./core.ts";
import { useViewer } from "./session.ts";
import { useSyncStatus } from "./sync.ts";

/** What a question that only the server can answer has come to. */
export interface Answer<T> {
  /** The last answer, kept while the next one is on its way or cannot be had; null without one. */
  value: T | null;
  /** When `value` was answered, ms since the epoch. */
  at: number | null;
  /** Why the last try came to nothing. */
  failure: Failure | null;
  asking: boolean;
  again: () => void;
}

type Known<T> = Pick<Answer<T>, "value" | "at">;

/** The last answers of this window, so that a page opened offline still shows what was known. */
const known = new Map<string, Known<unknown>>();

/** Whom they were for, with which roles: nobody else is shown them. */
let knownTo = "";

const knownBy = ({ accountId, roles }: Viewer): typeof known => {
  const who = JSON.stringify([accountId, roles]);
  if (who !== knownTo) known.clear();
  knownTo = who;
  return known;
};

/**
 * Asks the server, through the core, whenever `key` changes and whenever the line is back. `key` says
 * what is asked and for whom: the same key must mean the same question. Null asks nothing.
 */
export const useAnswer = <T>(
  key: string | null,
  ask: (core: CoreClient) => Promise<Result<T, Failure>>,
): Answer<T> => {
  const core = useCore();
  const answers = knownBy(useViewer());
  const offline = useSyncStatus()?.phase === "offline";
  const [turn, setTurn] = useState(0);
  // One object, and another at each step: an answer that comes at once still is a change to show.
  const [step, setStep] = useState<Pick<Answer<T>, "failure" | "asking">>({
    failure: null,
    asking: key !== null,
  });
  const latest = useRef(ask);
  latest.current = ask;

  useEffect(() => {
    setStep({ failure: null, asking: key !== null });
    if (key === null) return;
    let left = false;
    const run = async () => {
      const answer = await latest.current(core).catch(() => err(fail("core-unreachable")));
      if (answer.ok) answers.set(key, { value: answer.value, at: Date.now() });
      if (!left) setStep({ failure: answer.ok ? null : answer.error, asking: false });
    };
    void run();
    return () => {
      left = true;
    };
  }, [core, key, turn, offline]);

  const again = useCallback(() => setTurn((n) => n + 1), []);
  const last = (key === null ? undefined : answers.get(key)) as Known<T> | undefined;
  return { value: last?.value ?? null, at: last?.at ?? null, ...step, again };
};
