import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../../scripts/processes.ts";

type News<Ready> =
  | ({ state: "ready" } & Ready)
  | { state: "failed"; sentence: string }
  | { state: "time-set" };

const TIME = new URL("./faulty-time.ts", import.meta.url).href;

/** How time goes in a process; see faulty-time.ts. */
export interface FaultyTime {
  /** Waits of ten seconds and more are this many times shorter. */
  haste?: number;
}

/**
 * A process of the product that may be killed at any moment, also before it is ready, and started
 * again as it was. What it says on stderr is kept for whoever has to find out what happened.
 */
export class Mortal<Ready> {
  readonly #file: string;
  readonly #args: string[];
  readonly #time: FaultyTime | null;
  #child: ChildProcess | null = null;
  #gone: Promise<void> = Promise.resolve();
  #said = "";
  #offset = 0;

  constructor(file: string, args: string[], time: FaultyTime | null = null) {
    this.#file = file;
    this.#args = args;
    this.#time = time;
  }

  /** The last of what it wrote to stderr, over all its lives. */
  get said(): string {
    return this.#said;
  }

  get alive(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts it and waits until it is ready. Throws its own sentence where it cannot start. */
  async start(): Promise<Ready> {
    const child = this.begin();
    const gone = this.#gone.then(() => {
      const how = child.exitCode ?? child.signalCode;
      throw new Error(`${this.#file} ended (${how}): ${this.#said.slice(-2000)}`);
    });
    const heard = (async () => {
      for (;;) {
        const [news] = (await once(child, "message")) as [News<Ready>];
        if (news.state === "failed") throw new Error(news.sentence);
        if (news.state === "ready") return news;
      }
    })();
    return Promise.race([heard, gone]);
  }

  /** Starts it and waits for nothing. */
  begin(): ChildProcess {
    const child = fork(join(root, this.#file), this.#args, {
      cwd: root,
      execArgv: this.#time === null ? [] : ["--import", TIME],
      env: {
        ...process.env,
        HASTE: String(this.#time?.haste ?? 1),
        CLOCK_OFFSET: String(this.#offset),
      },
      detached: true,
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-20_000);
    });
    this.#child = child;
    this.#gone = once(child, "exit").then(() => undefined);
    return child;
  }

  /** Sets its clock to the true time plus `offset` ms, now and in its later lives. */
  async setClock(offset: number): Promise<void> {
    if (this.#time === null) throw new Error("this process has the machine's own clock");
    this.#offset = offset;
    if (!this.alive) return;
    this.#child?.send({ clockOffset: offset });
    while (this.#child !== null) {
      const [news] = (await once(this.#child, "message")) as [News<Ready>];
      if (news.state === "time-set") return;
    }
  }

  /** Resolves when the process that runs now has ended, whatever ended it. */
  get gone(): Promise<void> {
    return this.#gone;
  }

  /** SIGTERM: it ends in order. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** SIGKILL: it hears nothing of it. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === null || !this.alive) return;
    child.kill(signal);
    await this.#gone;
    this.#child = null;
  }
}
