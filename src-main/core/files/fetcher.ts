import { createHash } from "node:crypto";
import { MAX_FILE_BYTES } from "#shared/domain/visit/attachment.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { storageFailure } from "../storage-failure.ts";
import type { FileServer } from "./file-server.ts";
import { type FileTable, ROW_BYTES } from "./file-table.ts";
import { rowsOf } from "./rows-of.ts";

/** A connection that says nothing for so long is held to be dead, ms. */
const SILENCE_MS = 30_000;
/** What arrived damaged is fetched again, so often in all. */
const TRIES = 3;

/**
 * Fetches files that someone wants to see, once however many ask at once. What has arrived stays over
 * a broken connection or a restart and is gone on from. Nothing is shown before its hash was found
 * to be right.
 */
export class Fetcher {
  readonly #table: FileTable;
  readonly #server: FileServer;
  readonly #changed: () => void;
  readonly #stop = new AbortController();
  readonly #under = new Map<string, Promise<Result<null, Failure>>>();
  /** How much of each file that is under way has arrived, bytes. */
  readonly arrived = new Map<string, number>();

  constructor(table: FileTable, server: FileServer, changed: () => void) {
    this.#table = table;
    this.#server = server;
    this.#changed = changed;
  }

  /** Fetches the file of a hash; it is here, and right, when this answers ok. */
  fetch(hash: string): Promise<Result<null, Failure>> {
    const under = this.#under.get(hash);
    if (under !== undefined) return under;
    const fetched = this.#tries(hash).finally(() => {
      this.#under.delete(hash);
      this.arrived.delete(hash);
      this.#changed();
    });
    this.#under.set(hash, fetched);
    return fetched;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#under.values());
  }

  async #tries(hash: string): Promise<Result<null, Failure>> {
    for (let tries = 1; ; tries += 1) {
      const once = await this.#once(hash);
      if (once.ok || once.error.code !== "file-damaged" || tries === TRIES) return once;
    }
  }

  async #once(hash: string): Promise<Result<null, Failure>> {
    const table = this.#table;
    const silence = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, silence.signal]);
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const known = table.of(hash);
      const answer = await this.#server.read(hash, known?.size ?? 0, signal);
      if (!answer.ok) {
        // What the server no longer shows, or has otherwise, leaves no half of it here.
        const goes = answer.error.code === "file-unknown" || answer.error.code === "file-damaged";
        if (goes && known !== undefined) table.erase([known.id]);
        return answer;
      }
      const goesOn = known !== undefined && answer.value.status === 206;
      if (known !== undefined && !goesOn) table.erase([known.id]);
      const id = goesOn ? known.id : table.beginFetch(hash);
      let size = goesOn ? known.size : 0;
      for await (const row of rowsOf(bodyOf(answer.value))) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        size += row.byteLength;
        if (size > MAX_FILE_BYTES) {
          table.erase([id]);
          return err(fail("file-damaged"));
        }
        table.append(id, row);
        this.arrived.set(hash, size);
        this.#changed();
      }
      if (this.#hashOf(id, size) === hash) {
        table.change(id, { state: "sent" });
        return ok(null);
      }
      table.erase([id]);
      return err(fail("file-damaged"));
    } catch (error) {
      // The line broke: the full rows that have arrived stay.
      return err(storageFailure(error) ?? fail("server-unreachable"));
    } finally {
      clearTimeout(timer);
    }
  }

  #hashOf(id: number, size: number): string {
    const digest = createHash("sha256");
    for (let n = 0; n * ROW_BYTES < size; n += 1) digest.update(this.#table.row(id, n) ?? "");
    return digest.digest("hex");
  }
}

/** The body as it comes; one that ends before its announced length throws, as `fetch` has it. */
const bodyOf = (response: Response): AsyncIterable<Uint8Array> =>
  (response.body ?? []) as AsyncIterable<Uint8Array>;
