import type { LocalDatabase } from "../database.ts";
import type { Status } from "../session/status.ts";
import type { Timers } from "../session/timers.ts";
import type { LocalSums } from "./local-sums.ts";

/** From so many erased records on, and up to such a size of the file, its traces are wiped soon. */
const MANY = 500;
const SMALL_BYTES = 16 * 1024 * 1024;
const LONG_QUIET_MS = 600_000;
/** How long nothing must have come in before the file is tidied, ms. */
const QUIET_MS = 3000;

/** Sees to it that what was erased or written over leaves no trace in any file (S8, S9). */
export class Housekeeping {
  readonly #database: LocalDatabase;
  readonly #sums: LocalSums;
  readonly #status: Status;
  readonly #timers: Timers;
  #wipesSoon = false;

  constructor(parts: {
    database: LocalDatabase;
    sums: LocalSums;
    status: Status;
    timers: Timers;
  }) {
    this.#database = parts.database;
    this.#sums = parts.sums;
    this.#status = parts.status;
    this.#timers = parts.timers;
  }

  /** Records came in, or were taken back: what they were before goes once it is quiet. */
  received(): void {
    this.#timers.after("tidy", QUIET_MS, async () => {
      const buried = await this.#database.purgeDeleted();
      await this.#database.tidy();
      if (buried > 0) this.#wipeLater(buried);
    });
  }

  /** So many records were erased, and are to be told of. */
  erased(records: number): void {
    this.#sums.reset();
    this.#status.add({ erased: records });
    if (records > 0) this.#wipeLater(records);
  }

  /**
   * Writing a large file anew keeps everything waiting: for a few records it is done when it is long
   * quiet, or as the file is closed; for many, or in a small file, soon.
   */
  #wipeLater(records: number): void {
    if (this.#wipesSoon) return;
    this.#wipesSoon = records >= MANY || this.#database.size() < SMALL_BYTES;
    this.#timers.after("wipe", this.#wipesSoon ? QUIET_MS : LONG_QUIET_MS, async () => {
      this.#wipesSoon = false;
      await this.#database.wipe();
    });
  }
}
