import type { Threshold } from "#shared/domain/device/device.ts";
import { ok, type Result } from "#shared/result.ts";
import { pastAlarms, pickStanding, standingAlarms, stationAlarm } from "./alarms.ts";
import { readCatalogues } from "./catalogues.ts";
import { makeCoverage } from "./coverage.ts";
import type { DemoError } from "./demo-error.ts";
import { joinEvents } from "./events.ts";
import { layOut } from "./layout.ts";
import { makeWork } from "./make-work.ts";
import { makeCustomers, makePartners, makePeople, makeRoles, makeTenants } from "./parties.ts";
import { demoResources, type Plan, readPlan } from "./plan.ts";
import { readSources } from "./read-sources.ts";
import { count, type FileReport } from "./report.ts";
import { readAlerts, readAnomalies, type SourceAlarm } from "./source-alarms.ts";
import { makeTelemetry } from "./telemetry.ts";
import { bangkokMidnight, DAY, MINUTE } from "./time.ts";
import { readWorkOrders } from "./work-orders.ts";
import type { DemoWorld } from "./world.ts";

/** What the world is built from. */
export interface DemoOptions {
  /** The moment the world is made for; nothing else of it depends on a clock. */
  now: Date;
  /** A folder with `assetops/` and `nab/`: the shipped one, unless said otherwise. */
  sourceDir?: string;
}

/** The world, and what became of every row it was made from. */
export interface DemoBuild {
  world: DemoWorld;
  report: FileReport[];
}

const middle = (figures: number[]): number | null => {
  const found = figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];
  return found === undefined ? null : Number(found.toPrecision(4));
};

/** A chiller's thresholds: the median of the bounds its figures were ever held against. */
const thresholdsOf = (anomalies: readonly SourceAlarm[], plan: Plan): Threshold[] =>
  Object.entries(plan.wording.kpis).map(([metric, { unit }]) => {
    const own = anomalies.filter((a) => a.rule === metric);
    const high = middle(own.flatMap((a) => a.upper ?? []));
    return { metric, unit, high, low: middle(own.flatMap((a) => a.lower ?? [])) };
  });

/**
 * Builds the demo world for a moment: the same sources and the same `now` give the same world, to
 * the byte, on any machine. Errors are of files; bad rows are counted in the report.
 */
export const buildDemoWorld = ({
  now: date,
  sourceDir = demoResources,
}: DemoOptions): Result<DemoBuild, DemoError> => {
  const planned = readPlan();
  if (!planned.ok) return planned;
  const read = readSources(sourceDir);
  if (!read.ok) return read;
  const plan = planned.value;
  const sources = read.value;
  const now = date.getTime();

  const serials = new Set(plan.devices.map((d) => d.serial));
  const byName = new Map(plan.devices.map((d) => [d.name.toLowerCase(), d.serial]));
  const bare = readWorkOrders(sources, serials, plan.wording);
  const alerts = readAlerts(sources, serials, plan.wording);
  const anomalies = readAnomalies(sources, byName, plan.wording);
  const orders = joinEvents(sources, bare, [...alerts, ...anomalies]);
  const layout = layOut(orders, now);
  const components = readCatalogues(sources, orders, alerts);

  const first = new Map<string, number>();
  for (const { serial, finishedAt } of layout.history) {
    first.set(serial, Math.min(first.get(serial) ?? finishedAt, finishedAt));
  }
  const coverage = makeCoverage(plan, {
    now,
    // A machine was there before its first job; a station a good year before today.
    installedAt: (serial) => bangkokMidnight((first.get(serial) ?? now - 400 * DAY) - 30 * DAY),
    chillerThresholds: thresholdsOf(anomalies, plan),
    chillerComponents: components,
  });

  const telemetry = makeTelemetry(plan, sources, coverage, now);
  const standing = pickStanding(alerts, anomalies);
  const { answered } = standing;
  const work = makeWork({ layout, coverage, plan, now, sources, answered });
  const opened = (serial: string) => work.opened.get(serial) ?? null;
  const stand = new Set([...standing.active, ...standing.answered.values()].map((a) => a.key));
  for (const [source, list] of [
    ["alerts", alerts],
    ["anomalies", anomalies],
  ] as const) {
    for (const { key } of list) {
      count(sources[source].report.mapped, stand.has(key) ? "alarm, standing" : "alarm, cleared");
    }
  }

  const roles = makeRoles(plan);
  const { windowReport, windows: _, ...tables } = sources;
  return ok({
    world: {
      tenants: makeTenants(plan),
      records: [
        ...makeCustomers(plan),
        ...roles,
        ...makePeople(plan, roles),
        ...makePartners(plan),
        ...coverage.devices,
        ...coverage.agreements,
        ...coverage.grants,
        ...work.records,
        ...standingAlarms(standing, opened, coverage, Math.floor(now / MINUTE) * MINUTE),
        ...telemetry.alarms.map((alarm) => stationAlarm(alarm, coverage)),
        ...pastAlarms(alerts, standing, coverage, now),
        ...pastAlarms(anomalies, standing, coverage, now),
        ...telemetry.records,
      ],
    },
    report: [...Object.values(tables).map((table) => table.report), windowReport],
  });
};
