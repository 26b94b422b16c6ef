import FakeTimers from "@sinonjs/fake-timers";

/** Turns of the event loop in which nothing moves, until it is believed that nothing will. */
const STILL = 2;
/** Turns of the event loop, or timers, without time passing, after which it is held to be a loop. */
const RESTLESS = 5000;
/** Timers that may fire while one thing is waited for. */
const PATIENCE = 20_000;

const turn = globalThis.setImmediate;
const unturn = globalThis.clearImmediate;
/** The callbacks that wait for the next turn of the event loop: counted, to know when all is still. */
const waiting = new Set<NodeJS.Immediate>();

const counted = (callback: (...args: unknown[]) => void, ...args: unknown[]): NodeJS.Immediate => {
  const handle = turn(() => {
    waiting.delete(handle);
    callback(...args);
  });
  waiting.add(handle);
  return handle;
};
globalThis.setImmediate = Object.assign(counted, {
  __promisify__: turn.__promisify__,
}) as typeof setImmediate;
globalThis.clearImmediate = (handle) => {
  if (handle !== undefined) waiting.delete(handle);
  unturn(handle);
};

/**
 * The time of the simulated world. It stands while anything moves, and then goes to the next timer:
 * hours pass in milliseconds, in the same order each time.
 */
export class VirtualTime {
  readonly #clock: ReturnType<typeof FakeTimers.install>;
  #busy = false;

  constructor(start: number) {
    this.#clock = FakeTimers.install({
      now: start,
      toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
    });
  }

  /** Now, ms since the epoch. */
  now(): number {
    return this.#clock.now;
  }

  /** ISO. */
  iso(): string {
    return new Date(this.#clock.now).toISOString();
  }

  /** Lets everything happen that can happen without time passing. */
  async settle(): Promise<void> {
    let still = 0;
    for (let turns = 0; still < STILL; turns += 1) {
      if (turns > RESTLESS) throw new Error("it goes on and on, and no time passes");
      const before = waiting.size;
      await new Promise<void>((resolve) => turn(resolve));
      still = before + waiting.size === 0 ? still + 1 : 0;
    }
  }

  /** Lets at most so many turns of the event loop go by: to stop in the middle of something. */
  async turns(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) await new Promise<void>((resolve) => turn(resolve));
  }

  /** Lets time pass, ms, with all that happens in it. */
  async pass(ms: number): Promise<void> {
    let over = false;
    setTimeout(() => {
      over = true;
    }, ms);
    await this.#until(() => over, Number.POSITIVE_INFINITY);
  }

  /** Lets time pass until the condition holds, asked after each event; false where `ms` were not enough. */
  async until(holds: () => boolean, ms: number): Promise<boolean> {
    let over = false;
    const end = setTimeout(() => {
      over = true;
    }, ms);
    await this.#until(() => over || holds(), Number.POSITIVE_INFINITY);
    clearTimeout(end);
    return holds();
  }

  /** Lets time pass until the work is done. */
  async drive<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const settled = () => {
      done = true;
    };
    work.then(settled, settled);
    await this.#until(() => done, PATIENCE);
    return work;
  }

  /** The clock is later at once, and no timer has run: everybody slept. */
  sleep(ms: number): void {
    this.#clock.setSystemTime(this.#clock.now + ms);
  }

  /** Forgets every timer, for another schedule, which begins at `start`. */
  restart(start: number): void {
    this.#clock.reset();
    this.#clock.setSystemTime(start);
  }

  async #until(holds: () => boolean, patience: number): Promise<void> {
    if (this.#busy) throw new Error("time is let pass in one place only");
    this.#busy = true;
    try {
      await this.settle();
      let standing = 0;
      for (let fired = 0; !holds(); fired += 1) {
        if (fired > patience) throw new Error("what was waited for did not happen");
        if (this.#clock.countTimers() === 0) throw new Error("nothing is left that could happen");
        const before = this.#clock.now;
        this.#clock.next();
        standing = this.#clock.now === before ? standing + 1 : 0;
        if (standing > RESTLESS) throw new Error("timers go on and on, and no time passes");
        await this.settle();
      }
    } finally {
      this.#busy = false;
    }
  }
}
