import { alarmId } from "./alarms.ts";
import type { Coverage } from "./coverage.ts";
import type { Layout } from "./layout.ts";
import type { Plan } from "./plan.ts";
import type { Sources } from "./read-sources.ts";
import { count } from "./report.ts";
import { schedule } from "./schedule.ts";
import type { SourceAlarm } from "./source-alarms.ts";
import { doneTicket, openTicket, standOf } from "./tickets.ts";
import { doneVisit, plannedVisit } from "./visits.ts";
import type { DemoRecord } from "./world.ts";

/** What tickets and visits are made from. */
interface Making {
  layout: Layout;
  coverage: Coverage;
  plan: Plan;
  now: number;
  sources: Sources;
  /** Alarms that a ticket was raised from, by machine. */
  answered: ReadonlyMap<string, SourceAlarm>;
}

/** The records of work, and when the ticket of each machine's answered alarm was opened. */
interface Work {
  records: DemoRecord[];
  opened: ReadonlyMap<string, number>;
}

const makeHistory = ({ layout, coverage, plan, now, sources }: Making): DemoRecord[] => {
  const { mapped, skipped } = sources.workOrders.report;
  return layout.history.flatMap((order): DemoRecord[] => {
    const visit = doneVisit(order, coverage, plan.checklists, now);
    if (visit === null) {
      count(skipped, "no partner covered it then");
      return [];
    }
    count(mapped, order.preventive ? "visit, done" : "ticket resolved, with its visit");
    const done: DemoRecord = { kind: "visit", id: visit.id, data: visit };
    if (order.preventive) return [done];
    const ticket = doneTicket(order, coverage);
    return [{ kind: "ticket", id: ticket.id, data: ticket }, done];
  });
};

const makePlanned = ({ layout, coverage, plan, now, sources }: Making) => {
  const { mapped, skipped } = sources.workOrders.report;
  const repairs = [...layout.tickets.values()].flatMap((orders) =>
    orders.filter((_, rank) => standOf(rank) === "visit"),
  );
  const { planned, left } = schedule([...layout.visits, ...repairs], coverage, now);
  const records = planned.map((one): DemoRecord => {
    const visit = plannedVisit(one, coverage, plan.checklists);
    const done = visit.status === "completed";
    // A repair's row is counted with its ticket.
    if (one.order.preventive) count(mapped, done ? "visit, done" : "visit, planned");
    return { kind: "visit", id: visit.id, data: visit };
  });
  const unseen = left.filter((order) => order.preventive).length;
  count(skipped, "planned on a device its partner may not see", unseen);
  return { records, visited: new Set(planned.map(({ order }) => order.id)) };
};

const makeTickets = (making: Making, visited: ReadonlySet<string>): Work => {
  const { layout, coverage, plan, now, sources, answered } = making;
  const opened = new Map<string, number>();
  const records = [...layout.tickets].flatMap(([serial, orders], machine) =>
    orders.map((order, rank): DemoRecord => {
      const alarm = standOf(rank) === "visit" ? answered.get(serial) : undefined;
      const remark = plan.remarks[(machine + rank) % plan.remarks.length] ?? null;
      const from = { order, rank, machine, remark, alarmId: alarm ? alarmId(alarm) : null };
      const data = openTicket(from, coverage, now);
      if (alarm !== undefined) opened.set(serial, Date.parse(data.openedAt));
      const what = visited.has(order.id) ? "ticket open, with its visit" : "ticket open";
      count(sources.workOrders.report.mapped, what);
      return { kind: "ticket", id: data.id, data };
    }),
  );
  return { records, opened };
};

/** Makes the tickets and visits, and counts every work order once. */
export const makeWork = (making: Making): Work => {
  const history = makeHistory(making);
  const planned = makePlanned(making);
  const tickets = makeTickets(making, planned.visited);
  return {
    records: [...tickets.records, ...planned.records, ...history],
    opened: tickets.opened,
  };
};
