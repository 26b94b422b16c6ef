/** Named timers: setting one again replaces it, and all end together. They keep no process alive. */
export class Timers {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #run: (work: Promise<unknown>) => void;
  #ended = false;

  /** `run` takes care of what the timers' work comes to. */
  constructor(run: (work: Promise<unknown>) => void) {
    this.#run = run;
  }

  /** Does the work once, after `ms`. */
  after(name: string, ms: number, work: () => Promise<unknown>): void {
    clearTimeout(this.#timers.get(name));
    if (this.#ended) return;
    const timer = setTimeout(() => this.#run(work()), ms);
    timer.unref?.();
    this.#timers.set(name, timer);
  }

  /** Does the work every `ms`. */
  every(name: string, ms: number, work: () => Promise<unknown>): void {
    this.after(name, ms, () => {
      this.every(name, ms, work);
      return work();
    });
  }

  /** Ends them all; later ones are not set. */
  end(): void {
    this.#ended = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }
}
