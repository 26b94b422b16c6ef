import type { ActView } from "#shared/ipc/views.ts";
import type { LocalDatabase } from "../database.ts";
import { isHusk, type LocalRecord } from "../records/local-record.ts";
import { byIds } from "../records/queries.ts";

const MOST = 200;

const wordsOf = ({ data }: LocalRecord): string => {
  const { ref, title, name, deviceName } = data as Record<string, unknown>;
  return [ref, title ?? name, deviceName]
    .filter((part): part is string => typeof part === "string" && part !== "")
    .join(" · ");
};

/** What was done on this device lately and has been applied, the newest first. */
export const actsOf = async ({
  sent,
  records,
}: Pick<LocalDatabase, "sent" | "records">): Promise<ActView[]> => {
  const found = await sent.find({ sort: [{ at: "desc" }, { id: "desc" }], limit: MOST }).exec();
  const held = await byIds(
    records,
    found.map(({ intent }) => intent.target.id),
  );
  return found.map(({ intent, at }) => {
    const record = held.get(intent.target.id);
    const subject = record === undefined || isHusk(record) ? null : wordsOf(record);
    return { intentId: intent.id, type: intent.type, at, subject };
  });
};
