import { TestBrowser } from "#shared/testing/browser.ts";
import { firstOf, type OpenCore, openCore } from "../harness/core-client.ts";
import { type FaultyTime, Mortal } from "./mortal.ts";

/** Where a device's core listens and keeps its files, and to whom it speaks. */
export interface DeviceAt {
  port: number;
  folder: string;
  server: string;
  issuer: string;
  time?: FaultyTime | undefined;
}

/**
 * The real core in its browser host, a process with an encrypted file, and no browser: whoever tests
 * speaks to the core over its host's socket.
 */
export class Device {
  readonly port: number;
  readonly core: Mortal<{ url: string }>;
  /** Where the core keeps its files. */
  readonly dataFolder: string;
  #key = "";

  constructor({ port, folder, server, issuer, time }: DeviceAt) {
    this.port = port;
    this.dataFolder = `${folder}/client`;
    this.core = new Mortal(
      "src-main/browser/main.ts",
      ["--data", folder, "--port", String(port), "--server", server, "--issuer", issuer],
      time ?? null,
    );
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The cookie of a browser that has been let in. */
  get cookie(): string {
    return `riversync_${this.port}=${this.#key}`;
  }

  async start(): Promise<void> {
    const { url } = await this.core.start();
    this.#key = new URL(url).searchParams.get("key") ?? "";
  }

  /** Speaks to the core, then lets go of it. */
  async with<T>(use: (core: OpenCore["core"]) => Promise<T>): Promise<T> {
    const open = await openCore(this);
    try {
      return await use(open.core);
    } finally {
      open.close();
    }
  }

  /** Signs someone in at the provider's real pages. */
  signIn(login: string, password: string): Promise<void> {
    return this.with(async (core) => {
      const begun = await core.session.signIn({ language: "en" });
      if (!begun.ok) throw new Error(begun.error.code);
      const browser = new TestBrowser();
      const form = await browser.open(begun.value.url);
      const redirect = await browser.submit(form, { login, password });
      await fetch(redirect.url, { redirect: "manual" });
      await firstOf(
        (signal) => core.session.watch(undefined, { signal }),
        (session) => session.state === "signed-in",
      );
    });
  }

  /** Asks for a round of sync, and waits until nothing waits for the server any more. */
  upToDate(): Promise<void> {
    return this.with(async (core) => {
      await core.sync.now();
      await firstOf(
        (signal) => core.sync.watch(undefined, { signal }),
        (s) => s.phase === "up-to-date" && s.waiting === 0,
      );
    });
  }

  /** Notes `text` on a ticket; the failure's code, or null where the core confirmed it. */
  note(ticketId: string, text: string): Promise<string | null> {
    return this.with(async (core) => {
      const wanted = { type: "ticket.note", targetId: ticketId, payload: { text } };
      const made = await core.intents.make(wanted);
      return made.ok ? null : made.error.code;
    });
  }
}
