/** What a field of a payload is, for showing it and for mending it. */
export type Field =
  | { is: "text"; long: boolean }
  | { is: "priority" }
  | { is: "outcome" }
  | { is: "minutes" }
  | { is: "instant" }
  | { is: "yes-no" }
  | { is: "person" }
  | { is: "record"; kind: "device" | "ticket" | "alarm" }
  | { is: "checklist" }
  | { is: "hidden" };

/** Every field that any intent's payload has, in the order in which they are shown. */
export const payloadFields = {
  title: { is: "text", long: false },
  text: { is: "text", long: true },
  detail: { is: "text", long: true },
  outcome: { is: "outcome" },
  summary: { is: "text", long: true },
  resolution: { is: "text", long: true },
  reason: { is: "text", long: true },
  comment: { is: "text", long: true },
  priority: { is: "priority" },
  assigneeId: { is: "person" },
  windowStart: { is: "instant" },
  windowEnd: { is: "instant" },
  labourMinutes: { is: "minutes" },
  done: { is: "yes-no" },
  deviceId: { is: "record", kind: "device" },
  ticketId: { is: "record", kind: "ticket" },
  alarmId: { is: "record", kind: "alarm" },
  checklist: { is: "checklist" },
  itemId: { is: "hidden" },
} as const satisfies Record<string, Field>;

/** The name of a known field. */
export type FieldName = keyof typeof payloadFields;

/** The known fields of a payload, with their values, in showing order. */
export const fieldsOf = (
  payload: Record<string, unknown>,
): { name: FieldName; field: Field; value: unknown }[] =>
  (Object.keys(payloadFields) as FieldName[])
    .filter((name) => Object.hasOwn(payload, name) && payloadFields[name].is !== "hidden")
    .map((name) => ({ name, field: payloadFields[name], value: payload[name] }));

const mendable: readonly Field["is"][] = [
  "text",
  "priority",
  "outcome",
  "minutes",
  "instant",
  "yes-no",
  "person",
];

/** Those of them that a person can mend in a small form. */
export const mendableOf = (payload: Record<string, unknown>) =>
  fieldsOf(payload).filter(({ field }) => mendable.includes(field.is));
