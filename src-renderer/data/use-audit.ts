import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Line } from "#shared/audit/line.ts";
import type { LogRequest } from "#shared/audit/wire.ts";
import { type Failure, fail } from "#shared/failure.ts";
import type { AuditState } from "#shared/ipc/views.ts";
import { err, type Result } from "#shared/result.ts";
import { type CoreClient, useCore } from "./core.ts";
import { useSyncStatus } from "./sync.ts";
import { type Live, useLive } from "./use-live.ts";

/** What narrows a log; absent narrows nothing. */
export type LogFilter = Pick<LogRequest, "type" | "actor" | "outcome" | "from" | "to" | "text">;

/** The lines of a log under a filter, newest first, as far as they have been asked for. */
export interface LogView {
  lines: readonly Line[];
  /** Whether older lines can be asked for. */
  more: boolean;
  asking: boolean;
  /** Why the last question came to nothing. */
  failure: Failure | null;
  older: () => void;
  again: () => void;
}

const PAGE = 60;

/** After a text that found nothing in a piece of the log, so many further pieces are looked through. */
const EMPTY_PAGES = 40;

/** The last checked head of the organisation's log, and the alarm, live. Known offline too. */
export const useAuditState = (): Live<AuditState> =>
  useLive((core, signal) => core.audit.watch(undefined, { signal }), []);

/** Asks until there are lines to show, or the log ends. */
const askPage = async (
  core: CoreClient,
  filter: LogFilter,
  after: number | null,
  isLeft: () => boolean,
): Promise<Result<{ lines: Line[]; next: number | null }, Failure>> => {
  let from = after;
  for (let n = 0; ; n += 1) {
    const page = await core.audit.page({
      ...filter,
      ...(from === null ? {} : { after: from }),
      limit: PAGE,
      order: "newest",
    });
    if (!page.ok) return page;
    const { lines, next } = page.value;
    if (lines.length > 0 || next === null || n >= EMPTY_PAGES || isLeft()) return page;
    from = next;
  }
};

/** A stretch of a log under one filter, and what to go on after. */
interface Stretch {
  lines: readonly Line[];
  next: number | null;
}

/** How far a log has been read. */
interface Read extends Stretch {
  failure: Failure | null;
}

const nothing: Read = { lines: [], next: null, failure: null };

const joined = (was: Stretch, older: Stretch): Stretch => ({
  lines: [...was.lines, ...older.lines],
  next: older.next,
});

/** What was read with the newest page before it; that page alone where they do not meet. */
const grown = (was: Stretch, newest: Stretch): Stretch => {
  const meets = newest.lines.findIndex(({ seq }) => seq === was.lines[0]?.seq);
  return meets < 0
    ? { lines: newest.lines, next: newest.next }
    : { lines: [...newest.lines.slice(0, meets), ...was.lines], next: was.next };
};

/**
 * Reads a log page by page under a filter; begins anew when the filter changes, when the log has
 * grown (`size`), and when the line is back.
 */
export const useLog = (filter: LogFilter, size: number | null): LogView => {
  const core = useCore();
  const phase = useSyncStatus()?.phase;
  const offline = phase === "offline" || phase === "stopped";
  const key = JSON.stringify(filter);
  const [read, setRead] = useState<Read>(nothing);
  const [asking, setAsking] = useState(true);
  const [turn, setTurn] = useState(0);
  const run = useRef(0);

  const load = useCallback(
    async (from: Read, afresh: boolean) => {
      run.current += 1;
      const mine = run.current;
      const isLeft = () => mine !== run.current;
      setAsking(true);
      const after = afresh ? null : from.next;
      const answer = await askPage(core, JSON.parse(key) as LogFilter, after, isLeft).catch(() =>
        err(fail("core-unreachable")),
      );
      if (isLeft()) return;
      setAsking(false);
      setRead((was) =>
        answer.ok
          ? {
              ...(afresh ? grown(was, answer.value) : joined(was, answer.value)),
              failure: null,
            }
          : { ...was, failure: answer.error },
      );
    },
    [core, key],
  );

  const asked = useRef(key);
  // Read anew at each turn, as it grows, and once the line is back.
  useEffect(() => {
    if (asked.current !== key) setRead(nothing);
    asked.current = key;
    void load(nothing, true);
    return () => {
      run.current += 1;
    };
  }, [load, turn, size, offline]);

  const { lines, next, failure } = read;
  const older = useCallback(() => {
    if (!asking && read.next !== null) void load(read, false);
  }, [asking, read, load]);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  return useMemo(
    () => ({ lines, more: next !== null, asking, failure, older, again }),
    [lines, next, asking, failure, older, again],
  );
};

/** One line of a log by its number: of those already read, else asked for; null while it is not had. */
export const useLine = (seq: number | null, lines: readonly Line[]): Line | null => {
  const core = useCore();
  const [fetched, setFetched] = useState<Line | null>(null);
  const read = lines.find((line) => line.seq === seq) ?? null;
  const wanted = read === null ? seq : null;
  useEffect(() => {
    if (wanted === null) return;
    let left = false;
    const ask = async () => {
      const page = await core.audit
        .page({ after: wanted + 1, limit: 1, order: "newest" })
        .catch(() => err(fail("core-unreachable")));
      const line = page.ok ? page.value.lines.find((one) => one.seq === wanted) : undefined;
      if (!left && line !== undefined) setFetched(line);
    };
    void ask();
    return () => {
      left = true;
    };
  }, [core, wanted]);
  return read ?? (fetched?.seq === seq ? fetched : null);
};
