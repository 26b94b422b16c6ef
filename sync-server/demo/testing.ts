import type { Kind } from "#shared/domain/intent.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { buildDemoWorld, type DemoBuild } from "./build-world.ts";
import type { DemoWorld } from "./world.ts";

const built = new Map<string, DemoBuild>();

/** The shipped world at `now`, built once for all tests of a file. */
export const demoAt = (now: string): DemoBuild => {
  const known = built.get(now);
  if (known !== undefined) return known;
  const result = buildDemoWorld({ now: new Date(now) });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  built.set(now, result.value);
  return result.value;
};

/** The data of the world's records of one kind. */
export const dataOf = <K extends Kind>(world: DemoWorld, kind: K): DataOf<K>[] =>
  world.records.filter((r) => r.kind === kind).map((r) => r.data as DataOf<K>);

/** Moments the demo must live at: working day, weekend, night, leap day, about the handover. */
export const moments = [
  "2026-11-20T03:00:00.000Z",
  "2027-02-03T09:30:00.000Z",
  "2028-02-29T01:15:00.000Z",
  "2026-07-28T04:00:00.000Z",
  "2026-08-01T17:30:00.000Z",
  "2027-05-15T20:10:00.000Z",
];
