import type { MangoQuery, MangoQuerySelector, RxCollection } from "rxdb/plugins/core";
import { DUE_SOON_MS, type WorkFilter, type WorkPage } from "#shared/ipc/views.ts";
import type { LocalRecord } from "../records/local-record.ts";
import { ask, count } from "../records/queries.ts";
import { workRow } from "./work-row.ts";

type Selector = MangoQuerySelector<LocalRecord>;

const escaped = (text: string) => text.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What to look for in the `search` field for these words: each of them, in any order. */
export const searchSelectors = (words: string): Selector[] =>
  words
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => ({ search: { $regex: escaped(word) } }));

/** The filter as a selector on the collection; "me" and "nobody" are resolved to ids. */
export const workSelector = (filter: WorkFilter, me: string, now: number): Selector => {
  const assignees = filter.assignees.map((a) => (a === "me" ? me : a === "nobody" ? "" : a));
  const oneOf = (field: "customerId" | "region" | "status", values: string[]): Selector[] =>
    values.length > 0 ? [{ [field]: { $in: values } } as Selector] : [];
  const all: Selector[] = [
    filter.state === "open" ? { queue: "1" } : { queue: "0" },
    ...ofKinds(filter.kinds),
    ...oneOf("customerId", filter.customers),
    ...oneOf("region", filter.regions),
    ...oneOf("status", filter.statuses),
    ...(assignees.length > 0
      ? [{ assigneeId: { $in: assignees } }, { kind: { $in: ["ticket", "visit"] } }]
      : []),
    ...dueBy(filter.due, now),
    ...(filter.deviceId === null ? [] : [{ deviceId: filter.deviceId }]),
    ...searchSelectors(filter.search),
  ];
  return { $and: all };
};

/** One kind by equality, so that its own index serves it. */
const ofKinds = (kinds: WorkFilter["kinds"]): Selector[] => {
  if (kinds.length === 0) return [];
  return [{ kind: kinds.length === 1 ? { $eq: kinds[0] } : { $in: kinds } }];
};

const dueBy = (due: WorkFilter["due"], now: number): Selector[] => {
  if (due === "overdue") return [{ due: { $lt: now } }];
  return due === "soon" ? [{ due: { $gte: now, $lt: now + DUE_SOON_MS } }] : [];
};

/** The queue is in order of what is owed first (PAR-2); what has left it, latest first. */
const order = (filter: WorkFilter): MangoQuery<LocalRecord>["sort"] =>
  filter.state === "open"
    ? [{ queue: "asc" }, { due: "asc" }, { id: "asc" }]
    : [{ queue: "desc" }, { at: "desc" }, { id: "desc" }];

/** A stretch of the queue. */
export const workPage = async (
  records: RxCollection<LocalRecord>,
  me: string,
  { filter, offset, limit }: { filter: WorkFilter; offset: number; limit: number },
): Promise<WorkPage> => {
  const selector = workSelector(filter, me, Date.now());
  const rows = await ask(records, { selector, sort: order(filter) ?? [], skip: offset, limit });
  const total = rows.length < limit && offset === 0 ? rows.length : await count(records, selector);
  return { rows: rows.map(workRow), offset, total };
};
