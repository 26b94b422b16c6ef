import { decide } from "#shared/access/decide.ts";
import type { DeviceFacts } from "#shared/access/device-facts.ts";
import type { Wish } from "#shared/access/layers.ts";
import { type Item, type Levels, levelsOf, menuOf } from "#shared/access/menu.ts";
import { subtypes, templates } from "#shared/access/nav.ts";
import { type ProjectionFacts, project } from "#shared/access/project.ts";
import { everywhere, ownVisits } from "#shared/access/scope.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { coverageOf } from "#shared/access/visibility.ts";
import { device, id, NOW, ticket } from "#shared/testing/builders.ts";
import { roleOf, viewerOf } from "#shared/testing/viewers.ts";
import { clockMs } from "./lib/answer.ts";
import { type Row, row } from "./lib/bench.ts";
import { median } from "./lib/stats.ts";

const ROUNDS = 21;
/** Decisions of one round. */
const COUNT = 100_000;

/** Somebody of each subtype and template, with the whole coverage and with their own visits. */
const viewers: Viewer[] = subtypes.flatMap((subtype) =>
  templates.flatMap((template) =>
    [everywhere, ownVisits].map((scope) => {
      const levels = levelsOf(template, { kind: "partner", subtype }, ["partners"]);
      const viewer = viewerOf(null, { roles: { partners: roleOf(template, { levels, scope }) } });
      return { ...viewer, tenant: { ...viewer.tenant, subtype } };
    }),
  ),
);

const regions = ["North", "South", "East", "West"];

/** Devices of which some are covered, some no longer, some granted in part. */
const facts: DeviceFacts[] = Array.from({ length: 256 }, (_, n) => ({
  device: device(`device ${n}`, `customer ${n % 16}`, regions[n % 4] ?? ""),
  agreements: [
    {
      startsAt: "2026-01-01T00:00:00.000Z",
      endsAt: n % 7 === 0 ? "2026-02-01T00:00:00.000Z" : "2027-01-01T00:00:00.000Z",
      status: "active",
    },
  ],
  grants: [
    {
      regions: n % 3 === 0 ? ["North", "South"] : [],
      deviceIds: [],
      telemetry: n % 2 === 0,
      until: "2026-12-01T00:00:00.000Z",
      status: "active",
    },
  ],
  ownVisit: n % 5 === 0,
}));

const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** A viewer, so that each meets every wish and every device in the course of time. */
const someone = (of: readonly Viewer[], n: number): Viewer => at(of, n + Math.floor(n / 256));

const wishes: Wish[] = menuOf({ kind: "partner", subtype: "reseller" }, "partners").flatMap(
  ({ item }) => (["read", "full"] as const).map((level) => ({ item, level })),
);

/** The least there is to do: viewer → item → level, looked up and compared. */
const levelsByViewer = new Map<Viewer, Levels>(
  viewers.map((viewer) => [viewer, viewer.roles.partners?.levels ?? {}]),
);
const lookUp = (n: number): boolean => {
  const { item, level } = at(wishes, n);
  const held = levelsByViewer.get(someone(viewers, n))?.[item as Item];
  return held === "full" || (held === "read" && level === "read");
};

/** So many a second, in the middle of many rounds; the two take turns, so that both meet the same. */
const bothRates = (work: (n: number) => unknown, bare: (n: number) => unknown) => {
  let kept = 0;
  const rate = (run: (n: number) => unknown): number => {
    const began = clockMs();
    // What comes of it is looked at, or there would be no need to work it out.
    for (let n = 0; n < COUNT; n += 1) if (run(n)) kept += 1;
    return (COUNT * 1000) / (clockMs() - began);
  };
  const rates = Array.from({ length: ROUNDS }, () => [rate(work), rate(bare)] as const);
  const warm = rates.slice(Math.floor(ROUNDS / 4));
  return {
    work: median(warm.map(([value]) => value)),
    bare: median(warm.map(([, value]) => value)),
    kept,
  };
};

const measure = async (name: string, run: (n: number) => unknown, note: string): Promise<Row> => {
  const rates = bothRates(run, lookUp);
  const baseline = { name: "a table lookup, a second", value: rates.bare };
  return row(name, { value: rates.work, unit: "a second" }, baseline, [note]);
};

/** Decisions on items, through all six layers, some of them on a device. */
export const accessDecide = (): Promise<Row> => {
  const asked = facts.map((of, n): Wish => ({ ...at(wishes, n), on: { facts: of, at: NOW } }));
  const all = [...wishes, ...asked];
  return measure(
    "access-decide",
    (n) => decide(someone(viewers, n), at(all, n)) === null,
    `${viewers.length} viewers, ${all.length} wishes, of which ${asked.length} are about a device`,
  );
};

/** How a viewer covers a device, and until when. */
export const accessCoverage = (): Promise<Row> =>
  measure(
    "access-coverage",
    (n) => coverageOf(someone(viewers, n), at(facts, n), NOW).covered,
    `${facts.length} devices, each with one agreement and one grant`,
  );

/** What a viewer may see of a ticket whose device's coverage is known: what a feed asks most. */
export const accessProject = (): Promise<Row> => {
  const reseller = viewers.filter(({ tenant }) => tenant.subtype === "reseller");
  const records = facts.map(({ device: on }, n) => ({
    id: id(`ticket ${n}`),
    kind: "ticket" as const,
    data: ticket(`ticket ${n}`, on as ReturnType<typeof device>),
  }));
  const known = reseller.map((viewer) =>
    facts.map((of): ProjectionFacts => {
      const coverage = coverageOf(viewer, of, NOW);
      const end = coverage.covered ? coverage.until : null;
      return { coverage, deviceUntil: () => end, customerUntil: () => end };
    }),
  );
  return measure(
    "access-project",
    (n) => project(at(reseller, n), at(records, n), at(at(known, n), n), NOW) !== null,
    "tickets, with the coverage of their devices worked out before",
  );
};
