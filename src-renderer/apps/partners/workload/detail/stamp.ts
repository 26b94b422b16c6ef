import type { RecordView } from "#shared/ipc/views.ts";

/** Changes whenever a record does, here or on the server: what is asked of it is then asked anew. */
export const stampOf = (record: RecordView): string =>
  `${record.id}:${record.rev}:${record.pending.map((intent) => intent.id).join(",")}`;
