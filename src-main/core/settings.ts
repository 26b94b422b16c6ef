import type { RxCollection } from "rxdb/plugins/core";
import type { Head, Keys } from "#shared/audit/head.ts";
import type { Failure } from "#shared/failure.ts";
import type { Checkpoint, MeResponse } from "#shared/sync/wire.ts";
import type { ClockMark } from "./clock/trusted-clock.ts";

/** Who the server last said the viewer is, and through which lens it looks. */
export type Standing = Pick<MeResponse, "viewer" | "lens" | "epoch">;

/** What the core keeps beside the records, by name. */
export interface Kept {
  standing: Standing;
  "caught-up": { at: string | null };
  clock: ClockMark;
  /** How far revocations have been applied (S9). */
  revoked: Checkpoint;
  /** Set while what was applied lately has to be handed in again: the server's history is another. */
  "hand-in": { again: true };
  /** When the first lease of what is held here ends (S11), ISO. */
  lease: { next: string };
  /** The last tree head of the organisation's log that was seen and checked, and the keys (PRT-4). */
  "audit-head": { head: Head; signed: string; keys: Keys };
  /** The log no longer continued what had been seen of it. */
  "audit-alarm": { failure: Failure; evidence: string[] };
}

/** A value kept under a name. */
export interface Setting {
  key: string;
  value: object;
}

/** What the core remembers over a restart, beside the records. */
export class Settings {
  readonly #collection: RxCollection<Setting>;

  constructor(collection: RxCollection<Setting>) {
    this.#collection = collection;
  }

  /** What is kept under `key`, or null. */
  async get<K extends keyof Kept>(key: K): Promise<Kept[K] | null> {
    const found = await this.#collection.findOne(key).exec();
    return found === null ? null : (found.toMutableJSON().value as Kept[K]);
  }

  /** Keeps a value, durably. */
  async set<K extends keyof Kept>(key: K, value: Kept[K]): Promise<void> {
    await this.#collection.incrementalUpsert({ key, value });
  }

  /** Forgets what is kept under `key`. */
  async forget(key: keyof Kept): Promise<void> {
    await (await this.#collection.findOne(key).exec())?.incrementalRemove();
  }
}
