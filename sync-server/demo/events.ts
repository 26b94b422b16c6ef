import type { Sources } from "./read-sources.ts";
import { count } from "./report.ts";
import type { SourceAlarm } from "./source-alarms.ts";
import { parseTime } from "./time.ts";
import type { WorkOrder } from "./work-orders.ts";

type EventCells = Sources["events"]["rows"][number]["cells"];

/** "WO-16170" and "WO16170" are one work order. */
const plainId = (id: string) => id.replaceAll("-", "");

/** What an event says of a KPI, against where the figure stood by its bounds. */
const agrees = (eventType: string, { value, lower, upper }: SourceAlarm): boolean => {
  if (value === null || lower === null || upper === null) return true;
  if (value > upper) return eventType.endsWith("above upper bound");
  if (value < lower) return eventType.endsWith("below lower bound");
  return eventType.endsWith("within range");
};

const kpiOf = (eventType: string) =>
  eventType
    .replace(/^KPI /, "")
    .replace(/ (above upper bound|below lower bound|within range)$/, "");

/**
 * Lays the events over the work orders, alerts and anomalies they are about. The event file tells
 * the same story a second time: an event adds its remark, and where the two disagree the source of
 * the work stands and the disagreement is counted.
 */
export const joinEvents = (
  { events, workOrders }: Sources,
  orders: readonly WorkOrder[],
  alarms: readonly SourceAlarm[],
): WorkOrder[] => {
  const { rows, report } = events;
  const byOrder = new Map(orders.map((order) => [plainId(order.id), order]));
  const byAlarm = new Map(alarms.map((alarm) => [alarm.key, alarm]));
  const remarks = new Map<string, string>();
  const seen = new Set<string>();

  const joinOrder = (cells: EventCells, at: number): string | null => {
    const order = byOrder.get(plainId(cells.event_id));
    if (order === undefined) return null;
    if (order.id !== cells.event_id) count(report.noted, "work order id written with a hyphen");
    if (order.serial !== cells.equipment_id) count(report.noted, "names another machine");
    if (Math.abs(order.finishedAt - at) > 60_000) count(report.noted, "names another time");
    if (order.preventive !== (cells.event_category === "PM")) {
      count(report.noted, "disagrees on preventive or corrective");
    }
    if (order.workCode !== cells.event_type) {
      count(report.noted, "names another code");
    }
    if (cells.note !== "") {
      remarks.set(order.id, cells.note.replaceAll(/\s+/g, " "));
      count(report.noted, "remark taken over");
    }
    return "joined to a work order";
  };

  const joinAlarm = (cells: EventCells, at: number): string | null => {
    const anomaly = cells.event_group === "ANOMALY";
    const rule = anomaly ? kpiOf(cells.event_type) : cells.event_type;
    const alarm = byAlarm.get(`${cells.equipment_id}|${rule}|${at}`);
    if (alarm === undefined) return null;
    if (anomaly && !agrees(cells.event_type, alarm)) {
      count(report.noted, "says otherwise than the figure and its bounds");
    }
    return anomaly ? "joined to an anomaly" : "joined to an alert";
  };

  for (const { cells } of rows) {
    const at = parseTime(cells.event_time);
    if (at === null) count(report.skipped, "unreadable date");
    else if (seen.has(cells.event_id)) count(report.skipped, "duplicate id");
    else {
      const join = cells.event_group === "WORK_ORDER" ? joinOrder : joinAlarm;
      const joined = join(cells, at);
      if (joined === null) count(report.skipped, `no such ${cells.event_group.toLowerCase()}`);
      else count(report.mapped, joined);
    }
    seen.add(cells.event_id);
  }
  const told = new Set([...seen].map(plainId));
  const silent = orders.filter((order) => !told.has(plainId(order.id))).length;
  count(workOrders.report.noted, "no event tells of it", silent);
  return orders.map((order) => ({ ...order, remark: remarks.get(order.id) ?? "" }));
};
