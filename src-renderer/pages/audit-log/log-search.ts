import { z } from "zod";
import type { LogRequest } from "#shared/audit/wire.ts";

/** The stretches of time a log can be narrowed to, days. */
const periods = { day: 1, week: 7, month: 30, year: 365 } as const;
export type Period = keyof typeof periods;

/** The beginnings of the types of acts, as they are told apart. */
export const actKinds = [
  "ticket.",
  "visit.",
  "alarm.",
  "grant.",
  "person.",
  "role.",
  "device.",
] as const;

const Day = z.iso.date();

const Search = z.object({
  q: z.union([z.string().max(200), z.number().transform(String)]).catch(""),
  act: z.enum(actKinds).nullable().catch(null),
  by: z.uuid().nullable().catch(null),
  outcome: z.enum(["applied", "refused"]).nullable().catch(null),
  period: z.enum(["day", "week", "month", "year", "days"]).nullable().catch(null),
  from: Day.nullable().catch(null),
  to: Day.nullable().catch(null),
  line: z.int().min(1).nullable().catch(null),
  /** Whether the proof is open: in a narrow window it has no place of its own. */
  proof: z.literal(true).nullable().catch(null),
});

/** What the page of a log shows: what narrows it, and the line that is open. */
export type LogSearch = z.infer<typeof Search>;

/** Reads the address of a log; whatever is wrong in it counts as not said. */
export const readLogSearch = (raw: Record<string, unknown>): LogSearch => Search.parse(raw);

/** Writes the address of a log, leaving out what says nothing. */
export const writeLogSearch = (search: LogSearch): Record<string, unknown> =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== null && value !== ""));

/** Whether anything narrows the log. */
export const narrowsLog = (search: LogSearch): boolean =>
  Object.keys(writeLogSearch({ ...search, line: null, proof: null })).length > 0;

/** The search with nothing in it, the open line kept. */
export const wholeLog = (search: LogSearch): LogSearch => ({
  ...readLogSearch({}),
  line: search.line,
});

const startOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString();
const endOf = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString();

/**
 * What a search asks of the server. Days are whole days where the reader is; a stretch reaches back
 * from `now` (ms), cut to the hour so that the list does not begin anew each minute.
 */
export const filterOf = (
  { q, act, by, outcome, period, from, to }: LogSearch,
  now: number,
): Pick<LogRequest, "type" | "actor" | "outcome" | "from" | "to" | "text"> => {
  const text = q.trim();
  const days = period === "days";
  const back = period === null || days ? null : periods[period];
  const hour = Math.floor(now / 3_600_000) * 3_600_000;
  return {
    ...(text === "" ? {} : { text }),
    ...(act === null ? {} : { type: act }),
    ...(by === null ? {} : { actor: by }),
    ...(outcome === null ? {} : { outcome }),
    ...(back === null ? {} : { from: new Date(hour - back * 86_400_000).toISOString() }),
    ...(days && from !== null ? { from: startOf(from) } : {}),
    ...(days && to !== null ? { to: endOf(to) } : {}),
  };
};
