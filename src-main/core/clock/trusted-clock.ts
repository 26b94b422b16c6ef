/** The clocks of this device, ms. `wall` is what its owner can set; `monotonic` only runs on. */
export interface DeviceClocks {
  wall(): number;
  monotonic(): number;
}

/** The clocks of the machine this runs on. */
export const machineClocks: DeviceClocks = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
};

/** What is kept of a trusted clock over a restart, ms. */
export interface ClockMark {
  /** The latest time it ever told. */
  high: number;
  /** The server's clock minus the device's, as last measured. */
  skew: number;
}

/**
 * The server's time as far as this device knows it, which setting the device's clock back does not
 * turn back (S11): what the server last said, run on by the monotonic clock, or the device's clock
 * with its known skew where that is ahead, as after a sleep. The server's own word is taken whatever
 * it is, so that a clock once set far ahead does no harm beyond the next contact.
 */
export class TrustedClock {
  readonly #clocks: DeviceClocks;
  #high: number;
  #skew: number;
  #anchor: number;
  #known: boolean;

  /** Goes on from a kept mark; without one it tells the device's own time. */
  constructor(clocks: DeviceClocks, mark: ClockMark | null) {
    this.#clocks = clocks;
    this.#known = mark !== null;
    this.#skew = mark?.skew ?? 0;
    this.#high = mark?.high ?? 0;
    this.#anchor = clocks.monotonic();
  }

  /** Now, ms since the epoch. Never less than it was, except by the server's word. */
  now(): number {
    const mono = this.#clocks.monotonic();
    const ran = this.#high + Math.max(0, mono - this.#anchor);
    this.#high = Math.max(ran, this.#clocks.wall() + this.#skew);
    this.#anchor = mono;
    return this.#high;
  }

  /** The server has just said what time it is. */
  heard(serverTime: string): void {
    this.#known = true;
    this.#high = Date.parse(serverTime);
    this.#anchor = this.#clocks.monotonic();
    this.#skew = this.#high - this.#clocks.wall();
  }

  /** The device's own clock, as its owner set it. */
  device(): Date {
    return new Date(this.#clocks.wall());
  }

  /** How far the server's clock is ahead of the device's now, ms; null while that is not known. */
  skew(): number | null {
    return this.#known ? Math.round(this.now() - this.#clocks.wall()) : null;
  }

  /** What to keep over a restart; null while nothing is known. */
  mark(): ClockMark | null {
    return this.#known ? { high: this.now(), skew: this.#skew } : null;
  }
}
