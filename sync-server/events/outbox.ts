import type { Transaction } from "kysely";
import type { Database } from "../store/schema.ts";

/** Puts a domain event, as a CloudEvent 1.0, in the outbox of the transaction it tells of (S3). */
export const emit = async (
  tx: Transaction<Database>,
  event: { id: string; type: string; subject: string; time: string; data: unknown },
): Promise<void> => {
  const cloudEvent = {
    specversion: "1.0",
    source: "riversync/sync-server",
    datacontenttype: "application/json",
    ...event,
  };
  await tx
    .insertInto("outbox")
    .values({ event: JSON.stringify(cloudEvent), created_at: event.time })
    .execute();
};
