import { type Bench, type Row, row } from "../lib/bench.ts";

const COUNT = 1000;

/** A thousand changes made without a network, from coming back to the last verdict. */
export const push1000 = async (bench: Bench): Promise<Row> => {
  const device = await bench.device();
  await device.ask("open", bench.at(await bench.copyOfSynced()));
  const made = await device.ask("workOffline", { count: COUNT });
  if (made.waiting !== COUNT) throw new Error(`${made.waiting} changes wait, not ${COUNT}`);
  const back = await device.ask("comeBack");
  await device.stop();
  const bare = await bench.bare();
  const folder = bench.newFolder("transactions");
  const seconds = await bare.ask("transactions", { folder, count: COUNT });
  await bare.stop();
  const baseline = { name: "1,000 bare transactions, s", value: seconds };
  return row("push-1000", { value: back.seconds, unit: "s" }, baseline, [
    `making them took ${made.seconds.toFixed(1)} s; ${back.attention} were refused`,
  ]);
};
