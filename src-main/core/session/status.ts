import { BehaviorSubject } from "rxjs";
import type { Failure } from "#shared/failure.ts";
import { noSync, type SyncStatus } from "#shared/ipc/views.ts";

/** How sync stands, as it is told: the figures, and the phase that follows from them. */
export class Status {
  readonly $ = new BehaviorSubject<SyncStatus>(noSync);
  #everCaughtUp = false;
  #online = false;

  get now(): SyncStatus {
    return this.$.value;
  }

  /** Whether the last try reached the server. */
  get online(): boolean {
    return this.#online;
  }

  /** Whether a whole copy has been received at least once. */
  get everCaughtUp(): boolean {
    return this.#everCaughtUp;
  }

  /** A whole copy has been received, or has to be again. */
  caughtUp(ever: boolean): void {
    this.#everCaughtUp = ever;
    this.tell({});
  }

  /** The server answered at `at` (ISO), or could not be reached. */
  contact(failure: Failure | null, at: string): void {
    this.#online = failure === null;
    this.tell({ failure, ...(failure === null ? { lastSync: at } : {}) });
  }

  /** More records were erased, or mended. */
  add(more: Partial<Pick<SyncStatus, "erased" | "repaired" | "received">>): void {
    const { erased, repaired, received } = this.now;
    this.tell({
      erased: erased + (more.erased ?? 0),
      repaired: repaired + (more.repaired ?? 0),
      received: received + (more.received ?? 0),
    });
  }

  /** Some figures have changed. */
  tell(news: Partial<Omit<SyncStatus, "phase">>): void {
    const next = { ...this.now, ...news };
    this.$.next({ ...next, phase: this.#phase(next) });
  }

  #phase({ failure, waiting, received }: SyncStatus): SyncStatus["phase"] {
    if (failure !== null) return "offline";
    if (!this.#online) return "starting";
    if (!this.#everCaughtUp) return received > 0 ? "first-sync" : "starting";
    return waiting > 0 ? "syncing" : "up-to-date";
  }
}
