import type { Logger } from "pino";
import { differingKinds } from "#shared/sync/checksum.ts";
import type { Checkpoint, Sums } from "#shared/sync/wire.ts";
import type { Waiting } from "../records/waiting.ts";
import type { LocalSums } from "./local-sums.ts";
import { differences, mend, type RepairParts } from "./repair.ts";

/** How long nothing more must have been told before what is held is compared, ms. */
const QUIET_MS = 2000;

/** What a self-check works with; `atRest` runs work while replication stands still. */
export interface SelfCheckParts extends RepairParts {
  sums: LocalSums;
  waiting: Waiting;
  /** Whether all that was revoked, as far as is known, is erased. */
  cleared: () => boolean;
  atRest: (work: () => Promise<void>) => Promise<void>;
  mended: (count: number) => void;
  log: Logger;
}

/**
 * Compares, once it is quiet after a catch-up, the checksums of what is held with those the server
 * told (S10). A difference that is still there at the second look is repaired and reported: the first
 * may have been a change on its way.
 */
export class SelfCheck {
  readonly #parts: SelfCheckParts;
  #told: { sums: Sums; checkpoint: Checkpoint } | null = null;
  #timer: NodeJS.Timeout | null = null;
  #suspected = false;
  #stopped = false;

  constructor(parts: SelfCheckParts) {
    this.#parts = parts;
  }

  /** The server told all of its feed up to `checkpoint`, and the checksums of it. */
  told(sums: Sums, checkpoint: Checkpoint): void {
    this.#told = { sums, checkpoint };
    this.#later();
  }

  /** Intents were answered: what is held runs ahead of what was told, until the feed tells it too. */
  answered(): void {
    this.#told = null;
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #later(): void {
    if (this.#stopped) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#check().catch((error: unknown) => {
        if (!this.#stopped) this.#parts.log.error({ err: error }, "the self-check failed");
      });
    }, QUIET_MS);
    this.#timer.unref?.();
  }

  async #check(): Promise<void> {
    const told = this.#told;
    if (told === null || this.#stopped) return;
    // An answer to a push runs ahead of the feed: compared when the feed has told it too.
    // What is being revoked is not a difference.
    if (this.#parts.waiting.total > 0 || !this.#parts.cleared()) return this.#later();
    const here = await this.#parts.sums.current();
    if (here === null || told !== this.#told || this.#stopped) return this.#later();
    const kinds = differingKinds(here, told.sums);
    if (kinds.length === 0) {
      this.#suspected = false;
      return;
    }
    if (!this.#suspected) {
      this.#suspected = true;
      this.#parts.sums.reset();
      return this.#later();
    }
    this.#suspected = false;
    const found = await differences(this.#parts, kinds);
    if (!found.ok || found.value.length === 0 || this.#stopped) return;
    this.#parts.log.warn({ kinds, records: found.value.length }, "this copy differed: mending it");
    await this.#parts.atRest(async () => {
      const mended = await mend(this.#parts, found.value);
      if (mended.ok) this.#parts.mended(found.value.length);
      this.#parts.sums.reset();
    });
  }
}
