import type { WorkPage, WorkRow } from "#shared/ipc/views.ts";

/** How many rows one live window of a list holds. */
const windowSize = 100;

/** How many windows to either side keep their last rows. */
const kept = 20;

/** What a list shows of a queue: the rows that have arrived, by position, and its whole length. */
export interface QueueView {
  /** Null until the first window has arrived. */
  total: number | null;
  row(index: number): WorkRow | undefined;
  /** Where a record stands now, as far as it has arrived; -1 where it has not. */
  indexOf(id: string): number;
  failed: boolean;
}

/** Opens one live window of the queue. */
export type OpenWindow = (
  offset: number,
  limit: number,
  signal: AbortSignal,
) => Promise<AsyncIterable<WorkPage>>;

/** Waits before a broken window is opened for the `tries`th time. */
export type Pause = (tries: number, signal: AbortSignal) => Promise<void>;

/** After so many failed tries without any row, the queue counts as failed (and goes on trying). */
const patience = 4;

const nothing: QueueView = {
  total: null,
  row: () => undefined,
  indexOf: () => -1,
  failed: false,
};

/**
 * Keeps the windows around what is looked at live, and no others, so that a queue of any length
 * costs the same. A window that is left keeps its last rows until it is looked at again.
 */
export class QueueWindows {
  readonly #open: OpenWindow;
  readonly #pause: Pause;
  readonly #pages = new Map<number, WorkPage>();
  readonly #live = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();
  #total: number | null = null;
  #failed = false;
  #view = nothing;

  constructor(open: OpenWindow, pause: Pause = () => Promise.resolve()) {
    this.#open = open;
    this.#pause = pause;
  }

  /** For React's external store: hears of every change. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** For React's external store: the same object until something changes. */
  readonly snapshot = (): QueueView => this.#view;

  /** Says which rows are looked at; opens what they need and leaves the rest. */
  look(first: number, last: number): void {
    const from = Math.max(0, Math.floor(first / windowSize));
    const to = Math.max(from, Math.floor(last / windowSize));
    for (const [index, controller] of this.#live) {
      if (index >= from - 1 && index <= to + 1) continue;
      controller.abort();
      this.#live.delete(index);
    }
    for (const index of this.#pages.keys()) {
      if (Math.abs(index - from) > kept) this.#pages.delete(index);
    }
    for (let index = from; index <= to; index += 1) {
      if (!this.#live.has(index)) void this.#follow(index);
    }
  }

  /** Leaves everything. */
  close(): void {
    for (const controller of this.#live.values()) controller.abort();
    this.#live.clear();
  }

  async #follow(index: number): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.#live.set(index, controller);
    for (let tries = 1; !signal.aborted; tries += 1) {
      try {
        for await (const page of await this.#open(index * windowSize, windowSize, signal)) {
          if (signal.aborted) return;
          tries = 0;
          this.#failed = false;
          this.#pages.set(index, page);
          this.#total = page.total;
          this.#changed();
        }
      } catch {
        // A broken window is opened again below.
      }
      if (signal.aborted) return;
      if (tries >= patience && this.#total === null && !this.#failed) {
        this.#failed = true;
        this.#changed();
      }
      await this.#pause(tries, signal);
    }
  }

  #changed(): void {
    const total = this.#total;
    for (const index of this.#pages.keys()) {
      if (total !== null && index > 0 && index * windowSize >= total) this.#pages.delete(index);
    }
    this.#view = {
      total,
      failed: this.#failed,
      row: (at) => this.#pages.get(Math.floor(at / windowSize))?.rows[at % windowSize],
      indexOf: (id) => this.#indexOf(id),
    };
    for (const listener of this.#listeners) listener();
  }

  #indexOf(id: string): number {
    for (const [index, page] of this.#pages) {
      const at = page.rows.findIndex((row) => row.id === id);
      if (at >= 0) return index * windowSize + at;
    }
    return -1;
  }
}
