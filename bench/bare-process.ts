import { v7 } from "uuid";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { type PushResponse, routes } from "#shared/sync/wire.ts";
import { pages, post } from "./bare/pull.ts";
import { indexedValues, openBare, prepareInsert } from "./bare/table.ts";
import { bareTransactions } from "./bare/transactions.ts";
import { answer, clockMs } from "./lib/answer.ts";
import { id } from "./world/id.ts";

/** The bare loops that the product is measured against, in a process of their own. */
const handlers = {
  /** Fetches, parses and inserts everything. */
  sync: async (at: { folder: string; key: string; url: string; who: string; limit: number }) => {
    const began = clockMs();
    const db = openBare(at.folder, at.key);
    const insert = prepareInsert(db);
    let records = 0;
    const keep = db.transaction((page: { id: string; kind: string; data: never }[]) => {
      for (const record of page) {
        insert.run(record.id, ...indexedValues(record), JSON.stringify(record));
      }
    });
    for await (const page of pages(at.url, at.who, at.limit)) {
      keep(page as never);
      records += page.length;
    }
    const seconds = (clockMs() - began) / 1000;
    db.close();
    return { seconds, records };
  },

  /** Hands in one intent and waits for the answer, `count` times; ms of each. */
  push: async (on: {
    url: string;
    who: string;
    tickets: string[];
    assignees: string[];
    count: number;
  }) => {
    const took: number[] = [];
    for (let i = 0; i < on.count; i += 1) {
      const intent = {
        id: v7(),
        type: "ticket.assign",
        target: { kind: "ticket", id: on.tickets[i % on.tickets.length] },
        payload: { assigneeId: on.assignees[i % on.assignees.length] },
        actor: id(on.who),
        deviceTime: new Date().toISOString(),
        baseRev: 1,
        after: null,
      };
      const began = clockMs();
      const pushed = await post<PushResponse>(on.url, on.who, routes.push, {
        protocol: PROTOCOL,
        installation: id("bare"),
        appVersion: "bench",
        intents: [intent],
      });
      took.push(clockMs() - began);
      const [verdict] = pushed.verdicts;
      if (verdict?.status !== "applied") throw new Error(JSON.stringify(verdict));
    }
    return took;
  },

  transactions: ({ folder, count }: { folder: string; count: number }) =>
    bareTransactions(folder, count),

  /** Deletes `count` records of the table that `sync` has filled, in one transaction; seconds. */
  remove: ({ folder, key, count }: { folder: string; key: string; count: number }) => {
    const db = openBare(folder, key);
    const ids = db
      .prepare<[number], string>("SELECT id FROM record ORDER BY deviceId LIMIT ?")
      .pluck()
      .all(count);
    const remove = db.prepare<[string]>("DELETE FROM record WHERE id = ?");
    const began = clockMs();
    db.transaction(() => {
      for (const each of ids) remove.run(each);
    })();
    const seconds = (clockMs() - began) / 1000;
    db.close();
    return seconds;
  },
};

export type BareHandlers = typeof handlers;

answer(handlers, () => {});
