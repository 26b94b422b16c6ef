import { type Field, fieldOf, inOrder, isFieldName } from "../../../ui/desk/fields.ts";

const mendable: readonly Field["is"][] = [
  "text",
  "priority",
  "outcome",
  "minutes",
  "instant",
  "yes-no",
  "person",
];

/** The fields of a payload that a person can mend in a small form, in showing order. */
export const mendableOf = (
  payload: Record<string, unknown>,
): { name: string; field: Field; value: unknown }[] =>
  inOrder(Object.keys(payload))
    .filter((name) => isFieldName(name) && mendable.includes(fieldOf(name).is))
    .map((name) => ({ name, field: fieldOf(name), value: payload[name] }));
