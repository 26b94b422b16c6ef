import type { RxCollection } from "rxdb/plugins/core";
import type { TrustedClock } from "../clock/trusted-clock.ts";
import type { LocalRecord } from "../records/local-record.ts";
import { ask } from "../records/queries.ts";
import type { Settings } from "../settings.ts";

/**
 * The leases of what is held here (S11): when the first of them ends, kept on the disk, and which
 * records they sealed by then. Asked by a clock that cannot be turned back.
 */
export class Leases {
  readonly #records: RxCollection<LocalRecord>;
  readonly #settings: Settings;
  readonly #clock: TrustedClock;
  /** The end of the first lease, ISO; "" while nothing is held under one. */
  #next: string;

  private constructor(
    records: RxCollection<LocalRecord>,
    settings: Settings,
    clock: TrustedClock,
    next: string,
  ) {
    this.#records = records;
    this.#settings = settings;
    this.#clock = clock;
    this.#next = next;
  }

  static async open(
    records: RxCollection<LocalRecord>,
    settings: Settings,
    clock: TrustedClock,
  ): Promise<Leases> {
    return new Leases(records, settings, clock, (await settings.get("lease"))?.next ?? "");
  }

  /** Records with these leases are about to be kept: the earliest is on the disk before they are. */
  async note(untils: Iterable<string | null>): Promise<void> {
    let next = this.#next;
    for (const until of untils) if (until && (next === "" || until < next)) next = until;
    if (next === this.#next) return;
    this.#next = next;
    await this.#settings.set("lease", { next });
  }

  /** How long until the first lease ends, ms; null while there is none. */
  remaining(): number | null {
    return this.#next === "" ? null : Math.max(0, Date.parse(this.#next) - this.#clock.now());
  }

  /** The records whose lease has ended. Cheap while none has. */
  async ended(): Promise<string[]> {
    if (this.#next === "" || this.remaining() !== 0) return [];
    const now = new Date(this.#clock.now()).toISOString();
    const due = await ask(this.#records, { selector: { until: { $gt: "", $lte: now } } });
    return due.map((record) => record.id);
  }

  /** After what had ended was erased: finds the first lease that is left. */
  async renew(): Promise<void> {
    const [first] = await ask(this.#records, {
      selector: { until: { $gt: "" } },
      sort: [{ until: "asc" }],
      limit: 1,
    });
    this.#next = first?.until ?? "";
    await this.#settings.set("lease", { next: this.#next });
  }
}
