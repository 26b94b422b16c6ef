import type { Transaction } from "kysely";
import type { Database } from "../store/schema.ts";

/** Something that has happened in the domain. */
export interface DomainEvent {
  id: string;
  type: string;
  subject: string;
  time: string;
  data: unknown;
}

/** Puts domain events, as CloudEvents 1.0, in the outbox of the transaction they tell of (S3). */
export const emit = async (
  tx: Transaction<Database>,
  ...events: readonly DomainEvent[]
): Promise<void> => {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    event: JSON.stringify({
      specversion: "1.0",
      source: "riversync/sync-server",
      datacontenttype: "application/json",
      ...event,
    }),
    created_at: event.time,
  }));
  await tx.insertInto("outbox").values(rows).execute();
};
