import type { Wanted } from "#core/intents/make.ts";
import { ask } from "#core/records/queries.ts";
import type { Account } from "#core/session/account.ts";

/** `count` changes that may all be made: remarks, takings and acknowledgements, each on its own record. */
export const offlineWork = async (account: Account, count: number): Promise<Wanted[]> => {
  const { records } = account.database;
  const open = await ask(records, {
    selector: { queue: "1" },
    sort: [{ queue: "asc" }, { due: "asc" }, { id: "asc" }],
  });
  const wanted = open.flatMap((record, i): Wanted[] => {
    const on = { targetId: record.id };
    if (record.kind === "alarm") {
      return [{ ...on, type: "alarm.acknowledge", payload: { comment: "seen on site" } }];
    }
    if (record.kind === "ticket" && record.status === "new") {
      return [{ ...on, type: "ticket.take", payload: {} }];
    }
    const type = record.kind === "ticket" ? "ticket.note" : "visit.note";
    return [{ ...on, type, payload: { text: `remark ${i}, made without a network` } }];
  });
  for (let i = 0; wanted.length < count; i += 1) {
    const [on] = wanted.slice(i, i + 1);
    if (on === undefined) throw new Error("there is too little open work");
    const kind = on.type.split(".")[0];
    if (kind === "alarm") continue;
    wanted.push({
      targetId: on.targetId,
      type: `${kind}.note`,
      payload: { text: `more of it, ${i}` },
    });
  }
  return wanted.slice(0, count);
};
