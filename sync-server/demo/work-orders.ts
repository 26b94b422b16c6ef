import type { Priority } from "#shared/domain/common.ts";
import type { Wording } from "./plan.ts";
import type { Sources } from "./read-sources.ts";
import { count } from "./report.ts";
import { parseDuration, parseTime } from "./time.ts";

/** A work order of the source, understood; times are still the source's. */
export interface WorkOrder {
  id: string;
  serial: string;
  title: string;
  component: string | null;
  /** The kind of work, of which the failure code is a case. */
  workCode: string;
  failureCode: string;
  /** Where the catalogue files the code, or "" where it does not list it. */
  category: string;
  preventive: boolean;
  priority: Priority;
  finishedAt: number;
  durationMinutes: number | null;
  labourMinutes: number | null;
  /** What the matching event remarks, if anything. */
  remark: string;
}

/**
 * The source knows 1, 2 and 5. All planned work is 5, the least urgent, our 4. Corrective work is 1
 * until 2021 and 2 since then, whatever happened, so that the figure alone tells faults from errands
 * no longer: an errand of the maintenance codes (MT…) is one step less urgent than a fault.
 */
export const priorityOf = (source: string, code: string): Priority | null => {
  const errand = code.startsWith("MT");
  if (source === "1") return errand ? 2 : 1;
  if (source === "2") return errand ? 3 : 2;
  return source === "5" ? 4 : null;
};

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

/** "entire chiller system" as people say it; null where it names no component. */
export const componentOf = (collection: string, wording: Wording): string | null =>
  collection === ""
    ? null
    : collection
        .split("|")
        .map((part) => wording.components[part] ?? part)
        .join(" and ");

/** "Routine oil analysis · compressor"; the component is left out where the work names it. */
export const titleOf = (
  code: string,
  description: string,
  component: string | null,
  wording: Wording,
): string => {
  const work = wording.work[code] ?? sentence(description);
  const noun = component?.split(" ").at(-1);
  return noun === undefined || work.toLowerCase().includes(noun) ? work : `${work} · ${component}`;
};

/** Understands the work orders; rows that cannot be are counted as skipped, with the reason. */
export const readWorkOrders = (
  { workOrders, codes }: Sources,
  serials: ReadonlySet<string>,
  wording: Wording,
): WorkOrder[] => {
  const { rows, report } = workOrders;
  const categories = new Map(codes.rows.map(({ cells }) => [cells.secondary_code, cells.category]));
  const seen = new Set<string>();
  const orders: WorkOrder[] = [];
  for (const { cells } of rows) {
    const finishedAt = parseTime(cells.actual_finish);
    const description = cells.secondary_code_description || cells.primary_code_description;
    const code = cells.secondary_code || cells.primary_code;
    const priority = priorityOf(cells.work_priority, code);
    const why =
      cells.wo_id === ""
        ? "no id"
        : seen.has(cells.wo_id)
          ? "duplicate id"
          : !serials.has(cells.equipment_id)
            ? "unknown equipment"
            : finishedAt === null
              ? "unreadable date"
              : description === ""
                ? "missing description"
                : null;
    if (why !== null || finishedAt === null) {
      count(report.skipped, why ?? "unreadable date");
      continue;
    }
    seen.add(cells.wo_id);
    const durationMinutes = parseDuration(cells.duration);
    const labour = parseDuration(cells.actual_labor_hours);
    if (cells.duration.split(":").length > 2) count(report.noted, '"40:00:00" read as 40 hours');
    if (durationMinutes === null) count(report.noted, "unreadable duration, arrival left open");
    if (labour === null) count(report.noted, "unreadable labour, left open");
    if (labour === 0) count(report.noted, "labour of zero hours read as not recorded");
    if (labour !== null && durationMinutes !== null && labour > durationMinutes) {
      count(report.noted, "more labour than duration: several people, kept");
    }
    if (priority === null) count(report.noted, "unknown priority, read as 4");
    const category = categories.get(code);
    if (category === undefined) count(report.noted, "code not in the catalogue, kept as written");
    if (!code.startsWith(cells.primary_code)) {
      count(report.noted, "secondary code of another primary code, kept");
    }
    const component = componentOf(cells.collection, wording);
    orders.push({
      id: cells.wo_id,
      serial: cells.equipment_id,
      title: titleOf(code, description, component, wording),
      component: component === "whole chiller" ? null : component,
      workCode: cells.primary_code,
      failureCode: code,
      category: category ?? "",
      preventive: cells.preventive.toUpperCase() === "TRUE",
      priority: priority ?? 4,
      finishedAt,
      durationMinutes,
      labourMinutes: labour === 0 ? null : labour,
      remark: "",
    });
  }
  return orders;
};
