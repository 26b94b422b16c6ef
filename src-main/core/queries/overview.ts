import type { MangoQuery, MangoQuerySelector, RxCollection } from "rxdb/plugins/core";
import { anyWork, DUE_SOON_MS, type Overview } from "#shared/ipc/views.ts";
import type { LocalRecord } from "../records/local-record.ts";
import { ask, count } from "../records/queries.ts";
import { workSelector } from "./work.ts";
import { workRow } from "./work-row.ts";

const SHOWN = 8;

const midnightAfter = (now: number): number => new Date(now).setHours(24, 0, 0, 0);

/** What needs this viewer now. */
export const overview = async (
  records: RxCollection<LocalRecord>,
  me: string,
  now: number,
): Promise<Overview> => {
  const open = { queue: "1" } as const;
  const byDue: MangoQuery<LocalRecord> = {
    sort: [{ queue: "asc" }, { due: "asc" }, { id: "asc" }],
    limit: SHOWN,
  };
  const mine = workSelector({ ...anyWork, assignees: ["me"] }, me, now);
  const today: MangoQuerySelector<LocalRecord> = {
    $and: [open, { kind: "visit" }, { due: { $lt: midnightAfter(now) } }],
  };
  const [all, overdue, soon, unassigned, alarms, mineFirst, next, visits, customers, late] =
    await Promise.all([
      count(records, open),
      count(records, { ...open, due: { $lt: now } }),
      count(records, { ...open, due: { $gte: now, $lt: now + DUE_SOON_MS } }),
      count(records, workSelector({ ...anyWork, assignees: ["nobody"] }, me, now)),
      count(records, { ...open, kind: "alarm" }),
      ask(records, { selector: mine, ...byDue }),
      ask(records, { selector: open, ...byDue }),
      ask(records, { selector: today, ...byDue, limit: 40 }),
      ask(records, { selector: { kind: "customer" } }),
      ask(records, { selector: { ...open, due: { $lt: now } }, limit: 5000 }),
    ]);
  const byCustomer = await Promise.all(
    customers.map(async (c) => ({
      id: c.id,
      name: String(c.data.name ?? ""),
      open: await count(records, { ...open, customerId: c.id }),
      overdue: late.filter((r) => r.customerId === c.id).length,
    })),
  );
  return {
    open: all,
    overdue,
    dueSoon: soon,
    unassigned,
    activeAlarms: alarms,
    mine: mineFirst.map(workRow),
    next: next.map(workRow),
    visitsToday: visits.map(workRow),
    byCustomer: byCustomer
      .filter((c) => c.open > 0)
      .sort((a, b) => b.overdue - a.overdue || b.open - a.open),
  };
};
