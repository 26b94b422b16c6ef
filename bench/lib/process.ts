import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Answer, Handlers } from "./answer.ts";
import type { Usage } from "./usage.ts";

const folder = join(import.meta.dirname, "..");

/** Where CPU profiles of all processes go; null for none. */
export const profiling: { folder: string | null } = { folder: null };

const running = new Set<ChildProcess>();

/** By the name of a process: what each of that name has taken, as it last said. */
const taken = new Map<string, Map<object, Usage>>();

/** Notes what a process has taken so far. */
export const noteUsage = (name: string, of: object, usage: Usage): void => {
  const known = taken.get(name) ?? new Map<object, Usage>();
  taken.set(name, known.set(of, usage));
};

/** What was noted since it was last asked: the peak of the largest of a name, the time of them all. */
export const takeUsage = (): Record<string, Usage> => {
  const sums = [...taken].map(([name, each]) => {
    const all = [...each.values()];
    const peakMb = Math.max(...all.map((usage) => usage.peakMb));
    const cpuSeconds = all.reduce((sum, usage) => sum + usage.cpuSeconds, 0);
    return [name, { peakMb, cpuSeconds }] as const;
  });
  taken.clear();
  return Object.fromEntries(sums);
};

/** Starts a file of the benchmark as a process of its own. */
export const start = (file: string, name: string, args: string[] = []): ChildProcess => {
  const profile =
    profiling.folder === null
      ? []
      : [
          "--cpu-prof",
          `--cpu-prof-dir=${profiling.folder}`,
          `--cpu-prof-name=${name}-${performance.now().toFixed(0)}.cpuprofile`,
        ];
  const child = fork(join(folder, file), args, {
    serialization: "advanced",
    execArgv: profile,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
};

/** Ends, without more ado, whatever still runs. */
export const killAll = (): void => {
  for (const child of running) child.kill("SIGKILL");
};

/** A process that answers questions. */
export class Peer<H extends Handlers> {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #open = new Map<number, PromiseWithResolvers<unknown>>();
  #last = 0;

  private constructor(file: string, name: string) {
    this.name = name;
    this.#child = start(file, name);
    this.#child.on("message", (message) => this.#heard(message as Answer));
    this.#child.once("exit", (code) => {
      for (const waiting of this.#open.values()) {
        waiting.reject(new Error(`${this.name} ended unexpectedly (${code})`));
      }
    });
  }

  /** Starts one and waits until it listens. */
  static async start<H extends Handlers>(file: string, name: string): Promise<Peer<H>> {
    const peer = new Peer<H>(file, name);
    const ready = Promise.withResolvers<unknown>();
    peer.#open.set(0, ready);
    await ready.promise;
    return peer;
  }

  /** Asks, and waits for the answer. */
  ask<K extends keyof H & string>(
    name: K,
    ...[argument]: Parameters<H[K]>
  ): Promise<Awaited<ReturnType<H[K]>>> {
    this.#last += 1;
    const waiting = Promise.withResolvers<unknown>();
    this.#open.set(this.#last, waiting);
    this.#child.send({ id: this.#last, name, argument });
    return waiting.promise as Promise<Awaited<ReturnType<H[K]>>>;
  }

  /** Lets it measure what it takes anew. */
  async startOver(): Promise<void> {
    await (this as unknown as Peer<{ startOver: () => null }>).ask("startOver");
  }

  /** Notes what it has taken up to now, which every answer tells. */
  async report(): Promise<void> {
    await (this as unknown as Peer<{ report: () => null }>).ask("report");
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    await (this as unknown as Peer<{ stop: () => null }>).ask("stop");
    await gone;
  }

  #heard(message: Answer): void {
    noteUsage(this.name, this, message.usage);
    const waiting = this.#open.get(message.id);
    this.#open.delete(message.id);
    if (message.ok) waiting?.resolve(message.value);
    else waiting?.reject(new Error(`${this.name}: ${message.error}`));
  }
}
