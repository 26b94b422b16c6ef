import { z } from "zod";
import { anyWork, WorkFilter, WorkKind } from "#shared/ipc/views.ts";

const list = z.array(z.string()).catch([]);

/** The queue's address: its filter and selection, so that each state of it can be linked to. */
const Search = z.object({
  customer: list,
  region: list,
  kind: z.array(WorkKind).catch([]),
  status: list,
  assignee: list,
  device: z.string().nullable().catch(null),
  due: WorkFilter.shape.due.catch("any"),
  q: z.union([z.string().max(200), z.number().transform(String)]).catch(""),
  state: z.enum(["open", "done"]).catch("open"),
  item: z.string().nullable().catch(null),
  at: z.int().min(0).catch(0),
  raise: z.string().nullable().catch(null),
});

/** A selected line of the queue, by what it is and not by where it stands. */
export interface ItemRef {
  kind: WorkKind;
  id: string;
}

/** What the workload's address says. */
export interface WorkPlace {
  filter: WorkFilter;
  item: ItemRef | null;
  /** The position the list opens at. */
  at: number;
  /** The device a ticket is to be raised for. */
  raise: string | null;
}

/** `ticket:<id>`, as it stands in an address. */
export const itemKey = (item: ItemRef): string => `${item.kind}:${item.id}`;

/** Reads what {@link itemKey} wrote; null for anything else. */
export const parseItem = (text: string | null): ItemRef | null => {
  const [kind, id] = (text ?? "").split(":");
  const parsed = WorkKind.safeParse(kind);
  return parsed.success && id ? { kind: parsed.data, id } : null;
};

/** Reads an address; whatever is wrong in it counts as not said. */
export const placeOfSearch = (raw: Record<string, unknown>): WorkPlace => {
  const s = Search.parse(raw);
  return {
    filter: {
      customers: s.customer,
      regions: s.region,
      kinds: s.kind,
      statuses: s.status,
      assignees: s.assignee,
      deviceId: s.device,
      // What is done is owed no longer.
      due: s.state === "done" ? "any" : s.due,
      search: s.q,
      state: s.state,
    },
    item: parseItem(s.item),
    at: s.at,
    raise: s.raise,
  };
};

const some = <T>(values: readonly T[]) => (values.length === 0 ? undefined : values);

/** Writes an address, leaving out whatever says nothing. */
export const searchOfPlace = (place: Partial<WorkPlace>): Record<string, unknown> => {
  const f = place.filter ?? anyWork;
  const said = {
    customer: some(f.customers),
    region: some(f.regions),
    kind: some(f.kinds),
    status: some(f.statuses),
    assignee: some(f.assignees),
    device: f.deviceId ?? undefined,
    due: f.due === "any" ? undefined : f.due,
    q: f.search || undefined,
    state: f.state === "done" ? "done" : undefined,
    item: place.item ? itemKey(place.item) : undefined,
    at: place.at || undefined,
    raise: place.raise ?? undefined,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
};

/** How many of the filter's parts narrow the queue; open or done is a view, not a filter. */
export const narrowings = (filter: WorkFilter): number =>
  [filter.customers, filter.regions, filter.kinds, filter.statuses, filter.assignees].filter(
    (values) => values.length > 0,
  ).length +
  (filter.deviceId === null ? 0 : 1) +
  (filter.due === "any" ? 0 : 1) +
  (filter.search.trim() === "" ? 0 : 1);

const canonical = (filter: WorkFilter) =>
  JSON.stringify([
    [...filter.customers].sort(),
    [...filter.regions].sort(),
    [...filter.kinds].sort(),
    [...filter.statuses].sort(),
    [...filter.assignees].sort(),
    filter.deviceId,
    filter.due,
    filter.search.trim(),
    filter.state,
  ]);

/** Whether two filters ask for the same, whatever the order their choices were made in. */
export const sameFilter = (a: WorkFilter, b: WorkFilter): boolean => canonical(a) === canonical(b);
