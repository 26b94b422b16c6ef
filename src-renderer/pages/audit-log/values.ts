import type { AuditEntry, CommittedEntry, Openings } from "#shared/audit/entry.ts";

/** One side of a field: what it was, or that its reader may not see it. */
export type Side = { shown: true; value: unknown } | { shown: false };

/** A field that an act changed, or that it said. */
export interface LogField {
  /** Of a part of a field the way to it: `levels.workload`. */
  name: string;
  before: Side | null;
  after: Side;
}

const CHANGES = "changes.";
const PAYLOAD = "payload.";

const hidden: Side = { shown: false };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A value that has named parts; a scope is said as a whole. */
const partsOf = (name: string, value: unknown): Record<string, unknown> | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !/(^|\.)scope$/.test(name)
    ? (value as Record<string, unknown>)
    : null;

/** A field, or of one that has named parts those that became another. */
const became = (name: string, before: unknown, after: unknown): LogField[] => {
  const was = partsOf(name, before);
  const is = partsOf(name, after);
  const whole = (was === null && (before ?? null) !== null) || (is === null && after != null);
  if (whole || (was ?? is) === null) {
    return [{ name, before: { shown: true, value: before }, after: { shown: true, value: after } }];
  }
  const names = new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})]);
  return [...names]
    .filter((part) => !same(was?.[part] ?? null, is?.[part] ?? null))
    .flatMap((part) => became(`${name}.${part}`, was?.[part], is?.[part]));
};

/** What an act changed, field by field; a value that is committed to and not opened is masked. */
export const changedFields = (
  entry: Pick<CommittedEntry, "values">,
  openings: Openings,
): LogField[] =>
  Object.keys(entry.values)
    .filter((path) => path.startsWith(CHANGES))
    .flatMap((path): LogField[] => {
      const name = path.slice(CHANGES.length);
      const value: unknown = openings[path]?.value;
      if (!Array.isArray(value)) return [{ name, before: hidden, after: hidden }];
      return became(name, value[0], value[1]);
    });

/** What an act said besides what it changed, so that nothing stands there twice. */
export const saidFields = (
  entry: Pick<CommittedEntry, "values">,
  openings: Openings,
  changes: AuditEntry["changes"],
): LogField[] =>
  Object.keys(entry.values)
    .filter((path) => path.startsWith(PAYLOAD) || path === "payload")
    .map((path): LogField => {
      const name = path === "payload" ? "payload" : path.slice(PAYLOAD.length);
      const opening = openings[path];
      const after: Side = opening === undefined ? hidden : { shown: true, value: opening.value };
      return { name, before: null, after };
    })
    .filter(
      ({ name, after }) =>
        !after.shown ||
        !(
          after.value === null ||
          (Object.hasOwn(changes, name) && same(changes[name]?.[1], after.value))
        ),
    );
