/** What a field is, for showing it and for mending it. */
export type Field =
  | { is: "text"; long: boolean }
  | { is: "status" }
  | { is: "priority" }
  | { is: "outcome" }
  | { is: "minutes" }
  | { is: "instant" }
  | { is: "yes-no" }
  | { is: "person" }
  | { is: "record"; kind: "device" | "ticket" | "alarm" | "role" | "partner" }
  | { is: "list"; kind?: "device" | "role" }
  | { is: "scope" }
  | { is: "checklist" }
  | { is: "hidden" };

/** Every field that a change can have, in a payload or in its record, in the order they are shown. */
const changeFields = {
  title: { is: "text", long: false },
  status: { is: "status" },
  text: { is: "text", long: true },
  detail: { is: "text", long: true },
  outcome: { is: "outcome" },
  summary: { is: "text", long: true },
  resolution: { is: "text", long: true },
  reason: { is: "text", long: true },
  comment: { is: "text", long: true },
  priority: { is: "priority" },
  assigneeName: { is: "text", long: false },
  assigneeId: { is: "person" },
  acknowledgedBy: { is: "text", long: false },
  windowStart: { is: "instant" },
  windowEnd: { is: "instant" },
  labourMinutes: { is: "minutes" },
  respondedAt: { is: "instant" },
  acknowledgedAt: { is: "instant" },
  travelStartedAt: { is: "instant" },
  arrivedAt: { is: "instant" },
  completedAt: { is: "instant" },
  resolvedAt: { is: "instant" },
  done: { is: "yes-no" },
  deviceId: { is: "record", kind: "device" },
  ticketId: { is: "record", kind: "ticket" },
  alarmId: { is: "record", kind: "alarm" },
  checklist: { is: "checklist" },
  name: { is: "text", long: false },
  caption: { is: "text", long: false },
  email: { is: "text", long: false },
  roleName: { is: "text", long: false },
  app: { is: "text", long: false },
  apps: { is: "list" },
  template: { is: "text", long: false },
  roleId: { is: "record", kind: "role" },
  roles: { is: "list", kind: "role" },
  item: { is: "text", long: false },
  level: { is: "text", long: false },
  scope: { is: "scope" },
  takesWork: { is: "yes-no" },
  partner: { is: "record", kind: "partner" },
  regions: { is: "list" },
  sites: { is: "list" },
  deviceIds: { is: "list", kind: "device" },
  telemetry: { is: "yes-no" },
  until: { is: "instant" },
  locale: { is: "hidden" },
  inviteHash: { is: "hidden" },
  itemId: { is: "hidden" },
  hash: { is: "hidden" },
  type: { is: "hidden" },
  size: { is: "hidden" },
  thumb: { is: "hidden" },
} as const satisfies Record<string, Field>;

/** The name of a known field. */
export type FieldName = keyof typeof changeFields;

const order = Object.keys(changeFields);

/** What a field is; one that this version does not know is shown as text. */
export const fieldOf = (name: string): Field =>
  isFieldName(name) ? changeFields[name] : { is: "text", long: false };

/** Whether this version knows a field by name. */
export const isFieldName = (name: string): name is FieldName => Object.hasOwn(changeFields, name);

/** Names of fields in showing order, those this version does not know last. */
export const inOrder = (names: readonly string[]): string[] => {
  const rank = (name: string) => (isFieldName(name) ? order.indexOf(name) : order.length);
  return names
    .filter((name) => fieldOf(name).is !== "hidden")
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
};
