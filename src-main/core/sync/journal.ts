import type { RxCollection, RxJsonSchema } from "rxdb/plugins/core";
import type { Intent } from "#shared/domain/intent.ts";

/** An intent that the server has applied. `at` is when, ISO. */
export interface SentRow {
  id: string;
  at: string;
  intent: Intent;
}

/** How the journal is kept: by the id of the intent. */
export const journalSchema: RxJsonSchema<SentRow> = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: { type: "string", maxLength: 36 },
    at: { type: "string", maxLength: 32 },
    intent: { type: "object", additionalProperties: true },
  },
  required: ["id", "at", "intent"],
  indexes: [["at", "id"]],
};

/** How long an applied intent is remembered, ms: as old as the backup of a server may be. */
const REMEMBERED_MS = 14 * 24 * 3_600_000;

/**
 * What the server applied lately, so that a server that comes back from an old backup is handed it
 * again (S12): what it still knows it answers as before (S3), and what it lost is not lost.
 */
export class Journal {
  readonly #rows: RxCollection<SentRow>;

  constructor(rows: RxCollection<SentRow>) {
    this.#rows = rows;
  }

  /** Remembers applied intents, durably. */
  async keep(intents: readonly Intent[], at: string): Promise<void> {
    if (intents.length === 0) return;
    await this.#rows.bulkUpsert(intents.map((intent) => ({ id: intent.id, at, intent })));
  }

  /** The id of what the server applied last, or null. */
  async last(): Promise<string | null> {
    const [row] = await this.#rows
      .find({ sort: [{ at: "desc" }, { id: "desc" }], limit: 1 })
      .exec();
    return row?.id ?? null;
  }

  /** What is remembered, in the order it was made. */
  async all(): Promise<Intent[]> {
    const rows = await this.#rows.find().exec();
    return rows
      .map((row) => row.toMutableJSON().intent as Intent)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Forgets what was done to records that are no longer this account's to hold (S9). */
  async forget(recordIds: ReadonlySet<string>): Promise<void> {
    await this.#remove((row) => recordIds.has(row.intent.target.id));
  }

  /** The records that what is remembered was done to. */
  async targets(): Promise<string[]> {
    const rows = await this.#rows.find().exec();
    return rows.map((row) => row.toMutableJSON().intent.target.id);
  }

  /** Forgets what is too old to be asked for, at the time `now`, ms. */
  async prune(now: number): Promise<void> {
    const oldest = new Date(now - REMEMBERED_MS).toISOString();
    await this.#remove((row) => row.at < oldest);
  }

  async #remove(which: (row: SentRow) => boolean): Promise<void> {
    const rows = await this.#rows.find().exec();
    const ids = rows.filter((row) => which(row.toMutableJSON() as SentRow)).map((row) => row.id);
    if (ids.length === 0) return;
    await this.#rows.bulkRemove(ids);
    await this.#rows.storageInstance.cleanup(0);
  }
}
