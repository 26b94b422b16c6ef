import type { AuditEntry, CommittedEntry, Openings } from "#shared/audit/entry.ts";

/** One side of a field: what it was, or that its reader may not see it. */
export type Side = { shown: true; value: unknown } | { shown: false };

/** A field that an act changed, or that it said. */
export interface LogField {
  name: string;
  before: Side | null;
  after: Side;
}

const CHANGES = "changes.";
const PAYLOAD = "payload.";

const hidden: Side = { shown: false };

/** What an act changed, field by field; a value that is committed to and not opened is masked. */
export const changedFields = (
  entry: Pick<CommittedEntry, "values">,
  openings: Openings,
): LogField[] =>
  Object.keys(entry.values)
    .filter((path) => path.startsWith(CHANGES))
    .map((path): LogField => {
      const name = path.slice(CHANGES.length);
      const value = openings[path]?.value;
      if (!Array.isArray(value)) return { name, before: hidden, after: hidden };
      return {
        name,
        before: { shown: true, value: value[0] },
        after: { shown: true, value: value[1] },
      };
    });

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

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
