import { type Running, run } from "./processes.ts";

/** What the server says when it is up. */
export interface ServerReady {
  url: string;
  issuer: string;
  password: string;
  accounts: { login: string; name: string; tenant: string; role: string }[];
}

/** The server process, which can be taken away and brought back while the client goes on. */
export class ServerSwitch {
  readonly #args: string[];
  readonly #say: (text: string) => void;
  #running: Running<ServerReady> | null = null;

  constructor(args: string[], say: (text: string) => void) {
    this.#args = args;
    this.#say = say;
  }

  /** Starts it; rejects with its own sentence where it cannot start. */
  async start(): Promise<ServerReady> {
    const started = await run<ServerReady>("sync-server/main.ts", this.#args);
    this.#running = started;
    started.child.once("exit", () => {
      if (this.#running !== started) return;
      this.#running = null;
      this.#say(
        "The server has stopped by itself. The client works offline; o and Enter starts it.",
      );
    });
    return started.ready;
  }

  /** Stops it where it runs. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.stop();
  }

  /** Takes the server away, or brings it back. */
  async toggle(): Promise<void> {
    if (this.#running === null) {
      await this.start();
      this.#say("The server is back.");
    } else {
      await this.stop();
      this.#say("The server is gone: the client works offline. o and Enter brings it back.");
    }
  }
}
