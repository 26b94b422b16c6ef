/** The keys that move a selection in a list. */
const moves: Record<string, (at: number, page: number, last: number) => number> = {
  j: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  k: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, page) => at + page,
  PageUp: (at, page) => at - page,
  Home: () => 0,
  End: (_at, _page, last) => last,
};

/** Where a selection stands and in what. */
export interface Standing {
  /** The selected row's index now; -1 where it has left the list. */
  index: number;
  /** The index it had when it was last in the list; -1 where nothing was selected. */
  lastIndex: number;
  total: number;
  /** How many rows fit on a page. */
  page: number;
}

/**
 * The index that `key` moves the selection to, or null where the key moves nothing. A row that has
 * left the list has given its place to the next one: going down selects that one.
 */
export const moveOf = (key: string, on: Standing): number | null => {
  const move = moves[key];
  if (move === undefined || on.total === 0) return null;
  const last = on.total - 1;
  const clamp = (at: number) => Math.min(last, Math.max(0, at));
  if (on.index >= 0) return clamp(move(on.index, on.page, last));
  if (on.lastIndex < 0) return key === "End" ? last : 0;
  const gap = move(on.lastIndex, on.page, last);
  return clamp(gap > on.lastIndex && key !== "End" ? gap - 1 : gap);
};
