import { type Bench, type Row, row, WHO } from "../lib/bench.ts";
import { median, p95 } from "../lib/stats.ts";
import { people } from "../world/records.ts";

const RUNS = 120;
const WARM = 10;
const OTHER = "Som";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A change made by one device until the live queue of another shows it. */
export const liveChange = async (bench: Bench): Promise<Row> => {
  const [writer, reader] = await Promise.all([bench.device(), bench.device()]);
  await writer.ask("open", bench.at(await bench.copyOfSynced()));
  await reader.ask("open", bench.at(await bench.copyOfSynced(), OTHER));
  await reader.ask("watch");
  // Answered already: giving them to someone else changes their row and not their place.
  const rows = await reader.ask("watched");
  const tickets = rows.filter((r) => r.kind === "ticket" && r.promise === "resolution");
  if (tickets.length === 0) throw new Error("no ticket on the first page can be given away");
  const assignees = people.slice(2, 5).map((person) => person.id);
  const holders = new Map(tickets.map((t) => [t.id, t.assigneeId]));
  const took: number[] = [];
  for (let i = 0; i < WARM + RUNS; i += 1) {
    const ticket = tickets[i % tickets.length]?.id ?? "";
    const others = assignees.filter((each) => each !== holders.get(ticket));
    const assignee = others[i % others.length] ?? "";
    holders.set(ticket, assignee);
    const shown = reader.ask("until", { id: ticket, assignee });
    const payload = { assigneeId: assignee };
    const began = await writer.ask("make", { type: "ticket.assign", targetId: ticket, payload });
    const at = await shown;
    if (at === undefined) throw new Error("the reader watches nothing");
    if (i >= WARM) took.push(at - began);
    // Never in step with anyone's timers.
    await pause(20 + ((i * 37) % 60));
  }
  await Promise.all([writer.stop(), reader.stop()]);
  const bare = await bench.bare();
  const trips = await bare.ask("push", {
    url: bench.url,
    who: WHO,
    tickets: tickets.map((t) => t.id),
    assignees,
    count: RUNS,
  });
  await bare.stop();
  const baseline = { name: "one bare push, ms p95", value: p95(trips) };
  return row("live-change", { value: p95(took), unit: "ms p95" }, baseline, [
    `median ${median(took).toFixed(1)} ms, bare push ${median(trips).toFixed(1)} ms`,
  ]);
};
