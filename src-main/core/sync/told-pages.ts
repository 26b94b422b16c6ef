import type { Checkpoint, LivePage, PullResponse } from "#shared/sync/wire.ts";

/** More than this waits for nobody: a pull tells it in one go. */
const MOST = 50;

/** Pages that the live stream told, until replication comes to the position they follow. */
export class ToldPages {
  #pages: LivePage[] = [];

  add(page: LivePage): void {
    this.#pages.push(page);
    if (this.#pages.length > MOST) this.clear();
  }

  clear(): void {
    this.#pages = [];
  }

  /**
   * All that was told, in one page, to whoever has read up to `after`; null where nothing joins on
   * to there, and it has to be pulled. A page that begins earlier holds what is missing too: of each
   * record it tells the last state alone. Whatever was told is taken, or of no use any more.
   */
  take(after: Checkpoint | null): PullResponse | null {
    const pages = this.#pages;
    this.clear();
    if (after === null) return null;
    const records: PullResponse["records"] = [];
    let last: PullResponse | null = null;
    for (const page of pages) {
      const at: Checkpoint = last?.checkpoint ?? after;
      const { lens, epoch, seq } = page.checkpoint;
      if (lens !== at.lens || epoch !== at.epoch || seq <= at.seq) continue;
      // With a gap, what comes after it is told by the pull that closes the gap.
      if (page.after > at.seq) break;
      records.push(...page.records);
      last = page;
    }
    return last === null ? null : { ...last, records };
  }
}
