import type { Eraser } from "../records/eraser.ts";
import type { LocalRecord, ReplicatedRecord } from "../records/local-record.ts";
import type { Waiting } from "../records/waiting.ts";
import { type Courier, NotDelivered } from "./courier.ts";

/**
 * Sends what still waits from a device whose user may see nothing any longer, and erases each record
 * once it is answered (S9). Answers false where the server could not be reached: asked again later.
 */
export const lastPost = async (parts: {
  waiting: Waiting;
  courier: Courier;
  eraser: Eraser;
}): Promise<boolean> => {
  const { waiting, courier, eraser } = parts;
  const rows = await waiting.records();
  if (rows.length === 0) return true;
  try {
    const delivery = await courier.deliver(rows.map(asSent));
    const answered = rows.filter((row) => row.pending.every(({ id }) => delivery.settled.has(id)));
    await eraser.sent(answered.map((row) => row.id));
    return waiting.total === 0;
  } catch (cause) {
    if (cause instanceof NotDelivered) return false;
    throw cause;
  }
};

const asSent = (record: LocalRecord): ReplicatedRecord => ({ ...record, _deleted: false });
