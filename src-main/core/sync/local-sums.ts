import type { RxCollection } from "rxdb/plugins/core";
import type { Subscription } from "rxjs";
import { addToSums, recordSum } from "#shared/sync/checksum.ts";
import type { Sums } from "#shared/sync/wire.ts";
import { isHusk, type LocalRecord } from "../records/local-record.ts";
import { ask } from "../records/queries.ts";

const AT_ONCE = 1000;

/**
 * The checksum of a record as the server last told it (S10), whatever waits on it here; null for
 * what the server has not told of.
 */
export const localSum = (record: LocalRecord): number | null => {
  const told = record.pending.length > 0 ? record.base : record.data;
  if (told === null || isHusk({ data: told }) || record.rev === 0) return null;
  return recordSum(record.id, record.rev, record.until, JSON.stringify(told));
};

/**
 * The checksums of all that is held here, by kind: read once from the disk, in small steps, then
 * kept up with every write.
 */
export class LocalSums {
  readonly #records: RxCollection<LocalRecord>;
  readonly #subscription: Subscription;
  #sums: Sums = {};
  /** Records up to this id are in the sums; null while nothing is, undefined once all are. */
  #read: string | null | undefined = null;
  #life = 0;

  constructor(records: RxCollection<LocalRecord>) {
    this.#records = records;
    this.#subscription = records.eventBulks$.subscribe(({ events }) => {
      for (const event of events) {
        if (!this.#covers(event.documentId)) continue;
        const { previousDocumentData: before, documentData: after } = event;
        if (before && !before._deleted) this.#add(before as LocalRecord, -1);
        if (after && !after._deleted) this.#add(after as LocalRecord, 1);
      }
    });
  }

  /** Forgets everything, as records were erased behind its back. */
  reset(): void {
    this.#life += 1;
    this.#sums = {};
    this.#read = null;
  }

  /** The sums, read from the disk where they are not known; null where they were reset meanwhile. */
  async current(): Promise<Sums | null> {
    const life = this.#life;
    while (this.#read !== undefined) {
      const after: string | null = this.#read;
      const page = await ask(this.#records, {
        selector: after === null ? {} : { id: { $gt: after } },
        sort: [{ id: "asc" }],
        limit: AT_ONCE,
      });
      if (life !== this.#life) return null;
      for (const record of page) this.#add(record, 1);
      this.#read = page.length < AT_ONCE ? undefined : page.at(-1)?.id;
      // Whoever asks for a list meanwhile does not wait for all of it.
      await new Promise((resolve) => setTimeout(resolve));
      if (life !== this.#life) return null;
    }
    return this.#sums;
  }

  close(): void {
    this.reset();
    this.#subscription.unsubscribe();
  }

  #covers(id: string): boolean {
    return this.#read === undefined || (this.#read !== null && id <= this.#read);
  }

  #add(record: LocalRecord, sign: 1 | -1): void {
    const sum = localSum(record);
    if (sum !== null) this.#sums = addToSums(this.#sums, record.kind, sum, sign);
  }
}
