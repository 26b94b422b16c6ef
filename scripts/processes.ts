import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

/** The project's own folder. */
export const root = join(import.meta.dirname, "..");

/** What a process of ours says once, over its channel: that it is ready, or why it is not. */
type News<Ready> = ({ state: "ready" } & Ready) | { state: "failed"; sentence: string };

/** A process of ours that is up. */
export interface Running<Ready> {
  ready: Ready;
  child: ChildProcess;
  /** Ends it in order; resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Runs a TypeScript file of the project as a process of its own and waits until it is ready.
 * Rejects with its own sentence where it cannot start.
 */
export const run = <Ready>(file: string, args: string[]): Promise<Running<Ready>> =>
  new Promise((resolve, reject) => {
    // A group of its own: Ctrl-C reaches the parent alone, which then ends the others in order.
    const child = fork(join(root, file), args, {
      cwd: root,
      // A debugger or an --eval of the parent is not meant for its children.
      execArgv: [],
      detached: true,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const gone = new Promise<void>((done) => child.once("exit", () => done()));
    child.once("exit", (code) => reject(new Error(`${file} ended at once (${code}).`)));
    child.once("message", (news: News<Ready>) => {
      if (news.state === "failed") return reject(new Error(news.sentence));
      const stop = async () => {
        child.kill("SIGTERM");
        const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
        await gone;
        clearTimeout(late);
      };
      resolve({ ready: news, child, stop });
    });
  });
