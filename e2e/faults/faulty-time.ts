/**
 * Loaded before a process of the product (`node --import`), so that its wall clock can be turned and
 * its long waits be shortened from outside. The product knows nothing of it. The monotonic clock
 * goes on as it is, as it does on a machine whose clock is set.
 *
 * `CLOCK_OFFSET` and the message `{ clockOffset }`: the clock is so many ms ahead of the true one.
 * `HASTE`: timers of ten seconds and more, and time limits of requests, are so many times shorter.
 */
const LONG_MS = 10_000;
const haste = Number(process.env.HASTE ?? 1);
let offset = Number(process.env.CLOCK_OFFSET ?? 0);

const RealDate = Date;
const trueNow = RealDate.now.bind(RealDate);

class ShiftedDate extends RealDate {
  constructor(...args: [] | [number | string | Date] | [number, number, ...number[]]) {
    if (args.length === 0) super(trueNow() + offset);
    else super(...(args as [number]));
  }

  static override now(): number {
    return trueNow() + offset;
  }
}
globalThis.Date = ShiftedDate as DateConstructor;

const shortened = (ms: number | undefined): number | undefined =>
  ms !== undefined && ms >= LONG_MS ? ms / haste : ms;

if (haste !== 1) {
  const { setTimeout: timeout, setInterval: interval } = globalThis;
  const limit = AbortSignal.timeout.bind(AbortSignal);
  globalThis.setTimeout = Object.assign(
    (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
      timeout(run, shortened(ms), ...args),
    timeout,
  ) as typeof globalThis.setTimeout;
  globalThis.setInterval = ((run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
    interval(run, shortened(ms), ...args)) as typeof globalThis.setInterval;
  AbortSignal.timeout = (ms) => limit(Math.round(shortened(ms) ?? ms));
}

process.on("message", (message: { clockOffset?: number }) => {
  if (message.clockOffset === undefined) return;
  offset = message.clockOffset;
  process.send?.({ state: "time-set" });
});
// The parent's channel alone is no reason to stay alive.
process.channel?.unref();
