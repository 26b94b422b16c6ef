import type { Intent } from "#shared/domain/intent.ts";
import type { Stored } from "../oracle/model.ts";
import { wordsIn } from "./canary.ts";

/** An intent that somebody made: by whom, on which device, null where it was handed in past any. */
export interface Made {
  id: string;
  who: string;
  device: string | null;
  target: string;
  /** The words its maker wrote. */
  words: Set<string>;
  type: string;
  /** A person took it off the desk: it was discarded, or another was made in its place. */
  off: boolean;
}

/** Everything that was done in a schedule, as far as the oracle has to account for it. */
export class Journal {
  readonly made = new Map<string, Made>();
  /** How often a record was written by others than users. */
  written = new Map<string, number>();
  /** A word → the records it ever stood in. */
  readonly owners = new Map<string, Set<string>>();
  /** Intents handed in once more with other content. */
  forged = 0;

  /** Intents whose verdicts were lost with the server's disk: handed in again, or lost with them. */
  readonly lost = new Set<string>();
  #backup: { written: Map<string, number>; forged: number; made: Set<string> } | null = null;
  readonly #learnt = new WeakSet<Stored>();

  /** Notes an intent on the disk of its device. */
  make(
    intent: Pick<Intent, "id" | "type" | "payload" | "target">,
    who: string,
    device: string | null,
  ): void {
    const words = wordsIn(JSON.stringify(intent.payload));
    this.made.set(intent.id, {
      id: intent.id,
      who,
      device,
      target: intent.target.id,
      words,
      type: intent.type,
      off: false,
    });
    for (const word of words) if (word.startsWith("cy")) this.#own(word, intent.target.id);
  }

  /** Notes that an intent was handed in with the id of another. */
  forge(intent: Pick<Intent, "payload" | "target">): void {
    this.forged += 1;
    for (const word of wordsIn(JSON.stringify(intent.payload))) {
      if (word.startsWith("cy")) this.#own(word, intent.target.id);
    }
  }

  /** Notes that a person took an intent off their desk. */
  decide(id: string): void {
    const made = this.made.get(id);
    if (made !== undefined) made.off = true;
  }

  /** What was done at the server until now is kept. */
  backUp(): void {
    const { written, forged, made } = this;
    this.#backup = { written: new Map(written), forged, made: new Set(made.keys()) };
  }

  /** What was done at the server since the backup never was; `judged` had a verdict until now. */
  restore(judged: ReadonlySet<string>): void {
    if (this.#backup === null) throw new Error("there is no backup");
    this.written = new Map(this.#backup.written);
    this.forged = this.#backup.forged;
    for (const { id, device } of this.made.values()) {
      if (judged.has(id)) this.lost.add(id);
      if (device === null && !this.#backup.made.has(id)) this.made.delete(id);
    }
  }

  /** Notes that a record was written directly. */
  write(id: string, data: unknown): void {
    this.written.set(id, (this.written.get(id) ?? 0) + 1);
    for (const word of wordsIn(JSON.stringify(data)))
      if (word.startsWith("cy")) this.#own(word, id);
  }

  /** Every id of a record is a secret, and so is every canary, of the records it stands in. */
  learn(stored: ReadonlyMap<string, Stored>): void {
    for (const record of stored.values()) {
      if (this.#learnt.has(record)) continue;
      this.#learnt.add(record);
      const { id, kind, data } = record;
      // A role is told to whoever holds it, and tells nothing of a customer.
      if (kind === "role") continue;
      // Of a colleague everybody sees the name, and few what they may do.
      for (const word of wordsIn(JSON.stringify(data.access ?? null))) {
        if (word.startsWith("cy")) this.#own(word, `${id}, access`);
      }
      if (kind === "person" || kind === "customer") {
        // Who works for whom, and for which customers, is written in what others may see.
        for (const word of wordsIn(JSON.stringify({ ...data, access: null }))) {
          if (word.startsWith("cy")) this.#own(word, id);
        }
        continue;
      }
      this.#own(id, id);
      for (const word of wordsIn(JSON.stringify(data))) {
        if (word.startsWith("cy")) this.#own(word, id);
      }
    }
  }

  #own(word: string, record: string): void {
    const owners = this.owners.get(word) ?? new Set();
    this.owners.set(word, owners.add(record));
  }
}
