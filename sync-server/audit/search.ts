import { type Kysely, sql } from "kysely";
import type { Viewer } from "#shared/access/viewer.ts";
import { mask } from "#shared/audit/entry.ts";
import type { Line } from "#shared/audit/line.ts";
import type { LogRequest, LogResponse } from "#shared/audit/wire.ts";
import type { Database } from "../store/schema.ts";
import { readLines } from "./lines.ts";
import { sightOf } from "./readers.ts";

/** In how many lines one request looks for a text. */
const LOOKED_THROUGH = 5000;

/** No log is longer; beyond it a number is none for PostgreSQL's integer. */
const LAST_LINE = 2 ** 31 - 1;

const textsIn = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** Whether a line says the text: in who acted, in what and to what, or in a value that is open. */
const says = ({ entry: { actor, intent, outcome }, openings }: Line, wanted: string): boolean =>
  [actor, intent, outcome, Object.values(openings).map(({ value }) => value)]
    .flatMap(textsIn)
    .some((text) => text.toLowerCase().includes(wanted));

const found = (db: Kysely<Database>, log: string, request: LogRequest) => {
  const { after, order, type, actor, outcome, from, to } = request;
  let query = db.selectFrom("audit").where("log_id", "=", log);
  if (after !== undefined) {
    query = query.where("seq", order === "newest" ? "<" : ">", Math.min(after, LAST_LINE));
  }
  if (type) query = query.where(sql<boolean>`substr(type, 1, ${type.length}) = ${type}`);
  if (actor !== undefined) query = query.where("actor_id", "=", actor);
  if (outcome !== undefined) query = query.where("applied", "=", outcome === "applied" ? 1 : 0);
  if (from !== undefined) query = query.where("at", ">=", from);
  if (to !== undefined) query = query.where("at", "<", to);
  return query.orderBy("seq", order === "newest" ? "desc" : "asc");
};

/** A page of a log, as the viewer may see it. A text is looked for in what they see, nothing else. */
export const searchLog = async (
  db: Kysely<Database>,
  viewer: Viewer,
  log: string,
  request: LogRequest,
): Promise<LogResponse> => {
  const { text, limit } = request;
  const most = text === undefined ? limit : LOOKED_THROUGH;
  const read = await readLines(found(db, log, request).limit(most));
  const seen = read.map((line) => mask(line, sightOf(viewer, line) ?? (() => false)));
  const wanted = text?.toLowerCase();
  const matching = wanted === undefined ? seen : seen.filter((line) => says(line, wanted));
  const lines = matching.slice(0, limit);
  const last = matching.length > lines.length ? lines.at(-1) : read.at(-1);
  const more = matching.length > lines.length || read.length === most;
  return { log, lines, next: more ? (last?.seq ?? null) : null };
};
