import { Agent, request } from "node:http";
import { v7 } from "uuid";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { type PushResponse, routes } from "#shared/sync/wire.ts";
import { clockMs } from "../lib/answer.ts";
import { id } from "../world/id.ts";

/** What to write, and how fast. */
export interface Writing {
  url: string;
  who: string;
  tickets: string[];
  perSecond: number;
  seconds: number;
}

/** One write: when it was sent and answered, by the shared clock, and where the feed then stood. */
export interface Written {
  sent: number;
  answered: number;
  rev: number;
}

/** Notes on one ticket after the other, in step with the clock, however long the answers take. */
export const write = async (on: Writing): Promise<Written[]> => {
  const began = clockMs();
  const answers: Promise<Written>[] = [];
  for (let n = 0; n < on.perSecond * on.seconds; n += 1) {
    const due = began + (n * 1000) / on.perSecond;
    const early = due - clockMs();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    answers.push(one(on, n));
  }
  return Promise.all(answers);
};

const one = async ({ url, who, tickets }: Writing, n: number): Promise<Written> => {
  const intent = {
    id: v7(),
    type: "ticket.note",
    target: { kind: "ticket", id: tickets[n % tickets.length] },
    payload: { text: `seen on site, ${n}` },
    actor: id(who),
    deviceTime: new Date().toISOString(),
    baseRev: 1,
    after: null,
  };
  const sent = clockMs();
  const pushed = await push(url, who, {
    protocol: PROTOCOL,
    installation: id("writer"),
    appVersion: "bench",
    intents: [intent],
  });
  const [verdict] = pushed.verdicts;
  const [record] = pushed.records;
  if (verdict?.status !== "applied" || record === undefined) {
    throw new Error(JSON.stringify(verdict));
  }
  return { sent, answered: clockMs(), rev: record.rev };
};

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

/** Without the time limits of `fetch`: a server that falls behind is measured, not given up. */
const push = (url: string, who: string, body: object): Promise<PushResponse> =>
  new Promise((resolve, reject) => {
    const asked = request(new URL(routes.push, url), {
      method: "POST",
      agent,
      headers: { authorization: `Bearer ${who}`, "content-type": "application/json" },
    });
    asked.on("error", reject);
    asked.on("response", async (response) => {
      const parts = (await response.toArray()) as Buffer[];
      resolve(JSON.parse(Buffer.concat(parts).toString()) as PushResponse);
    });
    asked.end(JSON.stringify(body));
  });
