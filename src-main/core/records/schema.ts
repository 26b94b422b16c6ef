import type { RxJsonSchema } from "rxdb/plugins/core";
import type { LocalRecord } from "./local-record.ts";

const text = (maxLength: number) => ({ type: "string", maxLength }) as const;
const instant = {
  type: "number",
  minimum: 0,
  maximum: 8_640_000_000_000_000,
  multipleOf: 1,
} as const;

/** The one replicated collection: one feed, one replication, every list an index range (S7). */
export const recordSchema: RxJsonSchema<LocalRecord> = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: text(36),
    kind: text(16),
    rev: { type: "number" },
    until: text(32),
    dirty: text(1),
    queue: text(1),
    due: instant,
    at: instant,
    status: text(24),
    region: text(80),
    customerId: text(36),
    deviceId: text(36),
    assigneeId: text(36),
    search: { type: "string" },
    data: { type: "object", additionalProperties: true },
    pending: { type: "array", items: { type: "object", additionalProperties: true } },
    base: { type: ["object", "null"], additionalProperties: true },
  },
  required: [
    "id",
    "kind",
    "rev",
    "until",
    "dirty",
    "queue",
    "due",
    "at",
    "status",
    "region",
    "customerId",
    "deviceId",
    "assigneeId",
    "search",
    "data",
    "pending",
  ],
  indexes: [
    ["queue", "due", "id"],
    ["queue", "at", "id"],
    ["kind", "queue", "due", "id"],
    ["deviceId", "kind", "at"],
    ["dirty", "id"],
  ],
};
