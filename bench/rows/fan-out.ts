import type { FanHandlers } from "../fan-process.ts";
import { type Bench, type Row, row, WHO } from "../lib/bench.ts";
import { Peer } from "../lib/process.ts";
import { median, quantile } from "../lib/stats.ts";

const CLIENTS = 500;
const DRIVERS = 2;
const PER_SECOND = 100;
const SECONDS = 20;
const LENSES = 5;

interface Measured {
  /** From the answer to the write until the last client has it, ms of each write. */
  took: number[];
  /** From sending the write until its answer, ms of each. */
  answered: number[];
  pages: number;
  pulls: number;
}

/** Writes at a steady rate while `count` clients for each of `who` listen, in each driver. */
const measure = async (
  bench: Bench,
  who: string[],
  count: number,
  seconds: number,
): Promise<Measured> => {
  const start = (name: string) => Peer.start<FanHandlers>("fan-process.ts", name);
  const writer = await start("writer");
  const drivers = await Promise.all(
    Array.from({ length: count === 1 ? 1 : DRIVERS }, () => start(`${count * who.length} clients`)),
  );
  await Promise.all(drivers.map((driver) => driver.ask("listen", { url: bench.url, who, count })));
  const tickets = await bench.server.ask("tickets", { count: 500 });
  const { seq } = await writer.ask("head", { url: bench.url, who: WHO });
  const writing = { url: bench.url, who: WHO, tickets, perSecond: PER_SECOND, seconds };
  const writes = await writer.ask("write", writing);
  const arrived = await Promise.all(
    drivers.map((driver) => driver.ask("arrivals", { count: writes.length })),
  );
  await Promise.all([writer, ...drivers].map((peer) => peer.stop()));
  return {
    took: writes.map(({ answered, rev }) =>
      Math.max(...arrived.map(({ last }) => (last[rev - seq - 1] ?? Number.NaN) - answered)),
    ),
    answered: writes.map((each) => each.answered - each.sent),
    pages: arrived.reduce((sum, { pages }) => sum + pages, 0),
    pulls: arrived.reduce((sum, { pulls }) => sum + pulls, 0),
  };
};

const fanOut = async (bench: Bench, name: string, who: string[]): Promise<Row> => {
  const alone = await measure(bench, [WHO], 1, 5);
  const many = await measure(bench, who, CLIENTS / DRIVERS / who.length, SECONDS);
  const each = (count: number) => (count / CLIENTS / SECONDS).toFixed(2);
  const p = (values: number[], share: number) => Math.round(quantile(values, share));
  const baseline = { name: "one client, ms p99", value: Math.max(quantile(alone.took, 0.99), 0.1) };
  return row(name, { value: quantile(many.took, 0.99), unit: "ms p99" }, baseline, [
    `${CLIENTS} clients through ${who.length} ${who.length === 1 ? "lens" : "lenses"}, ` +
      `${PER_SECOND} writes/s for ${SECONDS} s: ${p(many.took, 0.5)} ms (median), ${p(many.took, 0.99)} ms (p99) until the last has it`,
    `a write was answered after ${median(many.answered).toFixed(1)} ms (median), ${p(many.answered, 0.99)} ms (p99)`,
    `${each(many.pages)} pages told and ${each(many.pulls)} pulls for each client and second`,
  ]);
};

/** How long a change takes to reach the last of 500 clients of one lens, at 100 changes a second. */
export const fanOut500 = (bench: Bench): Promise<Row> => fanOut(bench, "fan-out-500", [WHO]);

/** The same where the clients look through five lenses, each with a feed of its own. */
export const fanOutLenses = async (bench: Bench): Promise<Row> =>
  fanOut(bench, "fan-out-500-lenses", [
    WHO,
    ...(await bench.server.ask("makeLenses", { count: LENSES - 1 })),
  ]);
