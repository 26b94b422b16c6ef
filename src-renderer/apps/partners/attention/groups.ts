import type { DeskItem } from "#shared/ipc/views.ts";

/** The changes of one customer, soonest owed first. */
export interface CustomerGroup {
  /** The customer's id, or name where that is all that is known; "" for none. */
  key: string;
  /** Null for changes of which no customer is known. */
  name: string | null;
  items: DeskItem[];
}

const owed = (item: DeskItem | undefined): number => item?.due ?? Number.POSITIVE_INFINITY;

/** Earlier first; two that are never owed are equal. */
const sooner = (a: number, b: number): number => (a === b ? 0 : a - b);

/**
 * Changes by customer: within each, and the customers among each other, soonest owed first, then
 * the latest decided; what has no customer comes last.
 */
export const byCustomer = (items: readonly DeskItem[]): CustomerGroup[] => {
  const sorted = [...items].sort(
    (a, b) => sooner(owed(a), owed(b)) || b.decidedAt.localeCompare(a.decidedAt),
  );
  const groups = new Map<string, CustomerGroup>();
  for (const item of sorted) {
    const key = item.customerId ?? item.customerName ?? "";
    const group = groups.get(key) ?? { key, name: item.customerName, items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  const nameless = (group: CustomerGroup) => Number(group.name === null);
  return [...groups.values()].sort(
    (a, b) => nameless(a) - nameless(b) || sooner(owed(a.items[0]), owed(b.items[0])),
  );
};
