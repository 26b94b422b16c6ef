import { once } from "node:events";
import { type Running, run } from "../../scripts/processes.ts";

/** A process of the product that can be stopped, killed and started again, as it was. */
export class Service<Ready> {
  readonly #file: string;
  readonly #args: string[];
  #running: Running<Ready> | null = null;

  constructor(file: string, args: string[]) {
    this.#file = file;
    this.#args = args;
  }

  /** Resolves when the process that runs now has ended, whatever ended it. */
  get gone(): Promise<void> {
    const child = this.#running?.child;
    if (child === undefined || child.exitCode !== null) return Promise.resolve();
    return once(child, "exit").then(() => undefined);
  }

  /** Starts it and waits until it says that it is ready. */
  async start(): Promise<Ready> {
    this.#running ??= await run<Ready>(this.#file, this.#args);
    return this.#running.ready;
  }

  /** SIGTERM: it ends in order. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.stop();
  }

  /** SIGKILL: it hears nothing of it. */
  async kill(): Promise<void> {
    const child = this.#running?.child;
    this.#running = null;
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
}
