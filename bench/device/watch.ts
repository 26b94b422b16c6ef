import { liveQuery } from "#core/queries/live-query.ts";
import { workPage } from "#core/queries/work.ts";
import type { Account } from "#core/session/account.ts";
import { anyWork, type WorkPage, type WorkRow } from "#shared/ipc/views.ts";
import { clockMs } from "../lib/answer.ts";

const PATIENCE_MS = 20_000;

/** A live first page of the queue, and who waits for something to show on it. */
export class Watch {
  readonly #stop = new AbortController();
  #page: WorkPage | null = null;
  #waiting: { is: (row: WorkRow) => boolean; seen: (at: number) => void } | null = null;

  constructor(account: Account) {
    void this.#read(account);
  }

  get rows(): WorkRow[] {
    return this.#page?.rows ?? [];
  }

  /** When (by the shared clock) a row of the page first is so. */
  until(is: (row: WorkRow) => boolean): Promise<number> {
    return new Promise((seen, reject) => {
      const late = setTimeout(() => reject(new Error("the change was never shown")), PATIENCE_MS);
      this.#waiting = {
        is,
        seen: (at) => {
          clearTimeout(late);
          seen(at);
        },
      };
    });
  }

  stop(): void {
    this.#stop.abort();
  }

  async #read(account: Account): Promise<void> {
    const { records } = account.database;
    const me = account.viewer$.value?.accountId ?? "";
    const run = () => workPage(records, me, { filter: anyWork, offset: 0, limit: 50 });
    for await (const page of liveQuery(records.$, run, this.#stop.signal)) {
      this.#page = page;
      if (!this.#waiting || !page.rows.some(this.#waiting.is)) continue;
      this.#waiting.seen(clockMs());
      this.#waiting = null;
    }
  }
}
