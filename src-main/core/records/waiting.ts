import type { RxCollection } from "rxdb/plugins/core";
import type { Subscription } from "rxjs";
import type { LocalRecord } from "./local-record.ts";
import { ask, byIds } from "./queries.ts";

/**
 * Which records have intents waiting on them, and how many. Known by heart, since it is asked at
 * every change: read once from the disk, then kept up with what is written.
 */
export class Waiting {
  readonly #records: RxCollection<LocalRecord>;
  readonly #counts = new Map<string, number>();
  readonly #subscription: Subscription;

  private constructor(records: RxCollection<LocalRecord>) {
    this.#records = records;
    this.#subscription = records.eventBulks$.subscribe(({ events }) => {
      for (const { documentData } of events) {
        this.note(documentData.id, documentData.pending?.length ?? 0);
      }
    });
  }

  static async open(records: RxCollection<LocalRecord>): Promise<Waiting> {
    const waiting = new Waiting(records);
    const dirty = await ask(records, { selector: { dirty: "1" } });
    for (const { id, pending } of dirty) waiting.note(id, pending.length);
    return waiting;
  }

  /** A record was written with so many intents waiting on it. */
  note(id: string, count: number): void {
    if (count > 0) this.#counts.set(id, count);
    else this.#counts.delete(id);
  }

  /** Whether intents wait on a record. */
  has(id: string): boolean {
    return this.#counts.has(id);
  }

  /** How many intents wait, over all records. */
  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  /** The records on which intents wait. */
  async records(): Promise<LocalRecord[]> {
    return [...(await byIds(this.#records, [...this.#counts.keys()])).values()];
  }

  close(): void {
    this.#subscription.unsubscribe();
  }
}
