import { type Failure, type FailureCode, fail } from "#shared/failure.ts";
import { Patience } from "../sync/patience.ts";
import type { FileServer } from "./file-server.ts";
import type { FileRow, FileTable } from "./file-table.ts";
import { upload } from "./upload.ts";

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** So often a file is begun again from its first byte. */
const DAMAGED_TRIES = 3;

/** What the server says of a file that it will say again however often it is asked. */
const forGood: readonly FailureCode[] = [
  "file-too-large",
  "file-type-refused",
  "request-malformed",
  "app-not-entitled",
];

/** What the sender needs, and whom it tells. */
export interface SenderParts {
  table: FileTable;
  server: FileServer;
  /** Resolves while no document waits: documents go first. Rejects with the signal. */
  quiet: (signal: AbortSignal) => Promise<void>;
  changed: () => void;
}

/**
 * Sends what waits, one file at a time, the oldest first, before each piece of which documents go.
 * What cannot be sent is tried again after pauses that grow, or as soon as it is told {@link now}.
 */
export class Sender {
  readonly #parts: SenderParts;
  readonly #patience = new Patience();
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  /** The file under way and how much of it the server has. */
  under: { hash: string; share: number } | null = null;
  #pauseMs = FIRST_PAUSE_MS;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#running = this.#run();
  }

  /** Something new waits, or the server can be reached again: tries at once. */
  now(): void {
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#patience.endAll();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#patience.endAll();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const tried = await this.#one(signal).catch(() => "failed" as const);
      if (signal.aborted) return;
      if (tried === "sent") this.#pauseMs = FIRST_PAUSE_MS;
      else await this.#pause(tried);
    }
  }

  async #pause(after: "nothing" | "failed"): Promise<void> {
    // With nothing to send it sleeps until it is told.
    const ms = after === "nothing" ? LONGEST_PAUSE_MS : this.#pauseMs;
    if (after === "failed") this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    await this.#patience.pause(ms);
  }

  async #one(signal: AbortSignal): Promise<"sent" | "nothing" | "failed"> {
    const { table, server, quiet, changed } = this.#parts;
    const file = table.nextToSend();
    if (file === undefined || file.hash === null) return "nothing";
    const { hash } = file;
    await quiet(signal);
    this.under = { hash, share: 0 };
    changed();
    const sent = await upload(
      { ...file, hash },
      {
        table,
        server,
        signal,
        quiet: () => quiet(signal),
        progress: (share) => {
          this.under = { hash, share };
          changed();
        },
      },
    );
    this.under = null;
    if (signal.aborted) return "failed";
    const now = table.of(hash);
    // Erased while it was under way: there is nobody to tell.
    if (now !== undefined) this.#settle(now, sent.ok ? null : sent.error);
    changed();
    return sent.ok ? "sent" : "failed";
  }

  #settle(file: FileRow, failure: Failure | null): void {
    const { table } = this.#parts;
    if (failure === null) {
      if (file.leaving) table.erase([file.id]);
      else table.change(file.id, { state: "sent", url: null, damaged: 0 });
      return;
    }
    if (failure.code === "file-damaged") {
      const damaged = file.damaged + 1;
      table.change(file.id, { url: null, damaged });
      if (damaged >= DAMAGED_TRIES) this.#giveUp(file, fail("file-damaged"));
    } else if (forGood.includes(failure.code)) {
      this.#giveUp(file, failure);
    }
  }

  #giveUp(file: FileRow, { code }: Failure): void {
    const { table } = this.#parts;
    if (file.leaving) table.erase([file.id]);
    else table.change(file.id, { state: "failed", failure: code });
  }
}
