import type { Sources } from "./read-sources.ts";
import { count } from "./report.ts";
import type { SourceAlarm } from "./source-alarms.ts";
import type { WorkOrder } from "./work-orders.ts";

/**
 * Counts the rows of the catalogues by whether the world uses them, and returns the components a
 * chiller is made of.
 */
export const readCatalogues = (
  sources: Sources,
  used: readonly WorkOrder[],
  alerts: readonly SourceAlarm[],
) => {
  const codes = new Set(used.map((o) => o.failureCode));
  const rules = new Set(alerts.map((a) => a.rule));
  for (const { cells } of sources.codes.rows) {
    const named = codes.has(cells.secondary_code);
    count(
      sources.codes.report.mapped,
      named ? "code of a work order" : "code in the catalogue only",
    );
  }
  for (const { cells } of sources.rules.rows) {
    const named = rules.has(cells.rule_id);
    count(sources.rules.report.mapped, named ? "rule of an alert" : "rule in the catalogue only");
  }
  const parts: string[] = [];
  for (const { cells } of sources.components.rows) {
    const { report } = sources.components;
    if (cells.component === cells.equipment) count(report.skipped, "the machine itself");
    else if (parts.includes(cells.component)) count(report.skipped, "duplicate");
    else {
      parts.push(cells.component);
      count(report.mapped, "component of the chillers");
    }
  }
  return parts;
};
