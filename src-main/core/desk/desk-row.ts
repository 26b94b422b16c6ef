import type { RxJsonSchema } from "rxdb/plugins/core";
import type { DeskItem } from "#shared/ipc/views.ts";
import type { DeskRequest } from "#shared/sync/wire.ts";

/** What a person decided about a change on the desk, as the server's log is told of it. */
export type DeskDecision = DeskRequest["decisions"][number];

/** A change on the desk; once it is decided, it is kept only until the server has noted that. */
export interface DeskRow {
  id: string;
  item: DeskItem;
  /** Null while it waits for a person. */
  decision: DeskDecision | null;
}

/** How the desk is kept: by the id of its intent, each change whole. */
export const deskSchema: RxJsonSchema<DeskRow> = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: { type: "string", maxLength: 36 },
    item: { type: "object", additionalProperties: true },
    decision: { type: ["object", "null"], additionalProperties: true },
  },
  required: ["id", "item"],
};
