import { intentDef } from "#shared/domain/registry.ts";
import type { LocalDatabase } from "../database.ts";
import type { Desk } from "../desk/desk.ts";
import type { Journal } from "../sync/journal.ts";
import { huskOf, isHusk, type LocalRecord } from "./local-record.ts";
import { ask, byIds } from "./queries.ts";
import type { Waiting } from "./waiting.ts";

const AT_ONCE = 5000;

/**
 * Erases records from this device: nothing of them stays in any file (S9). One on which intents wait
 * becomes a husk that is sent first. Replication must be at rest meanwhile.
 */
export class Eraser {
  readonly #database: LocalDatabase;
  readonly #waiting: Waiting;
  readonly #desk: Pick<Desk, "forget" | "list">;
  readonly #journal: Pick<Journal, "forget" | "targets">;

  constructor(parts: {
    database: LocalDatabase;
    waiting: Waiting;
    desk: Pick<Desk, "forget" | "list">;
    journal: Pick<Journal, "forget" | "targets">;
  }) {
    this.#database = parts.database;
    this.#waiting = parts.waiting;
    this.#desk = parts.desk;
    this.#journal = parts.journal;
  }

  /**
   * Erases what left the lens: id → the revision at which it did. A copy of a later revision has
   * entered again, and stays. Returns how many records were erased.
   */
  async gone(revisions: ReadonlyMap<string, number>): Promise<number> {
    const ids = [...revisions.keys()];
    // What is held no longer may still lie on the desk or in the journal.
    const left = new Set(ids);
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      const held = await byIds(this.#database.records, ids.slice(i, i + AT_ONCE));
      for (const { id, rev } of held.values()) if (rev > (revisions.get(id) ?? 0)) left.delete(id);
    }
    return this.#erase(left, (record) => left.has(record.id) || this.#standsOn(record, left));
  }

  /** Erases records whatever their revision. Returns how many there were. */
  async these(ids: Iterable<string>): Promise<number> {
    const left = new Set(ids);
    return this.#erase(left, (record) => left.has(record.id) || this.#standsOn(record, left));
  }

  /** Erases clean copies, to make room for better ones; nothing that stands on them goes. */
  async clear(ids: Iterable<string>): Promise<void> {
    await this.#database.purge([...ids].filter((id) => !this.#waiting.has(id)));
  }

  /** Erases everything; with `handIn`, not what may have to be handed in again. */
  async all(handIn = false): Promise<number> {
    const held = await ask(this.#database.records, { selector: {} });
    const refused = (await this.#desk.list()).map((item) => item.intent.target.id);
    const ids = new Set([...held.map((record) => record.id), ...refused]);
    return this.#erase(ids, () => true, handIn);
  }

  /**
   * Forgets what was done to records that are not held, once all that may be seen is: one that left
   * before this copy was begun is told by no channel (S9).
   */
  async strays(): Promise<void> {
    const targets = new Set(await this.#journal.targets());
    const held = await byIds(this.#database.records, [...targets]);
    for (const id of held.keys()) targets.delete(id);
    if (targets.size > 0) await this.#journal.forget(targets);
  }

  /** Erases husks whose intents have been answered. */
  async sent(ids: readonly string[]): Promise<void> {
    await this.#database.purge(ids);
    for (const id of ids) this.#waiting.note(id, 0);
  }

  async #erase(
    ids: Set<string>,
    husked: (record: LocalRecord) => boolean,
    handIn = false,
  ): Promise<number> {
    const clean = new Set(ids);
    for (const record of await this.#waiting.records()) {
      clean.delete(record.id);
      if (!isHusk(record) && husked(record)) await this.#husk(record.id);
    }
    // Before the rows: a crash in between leaves them to be erased again, and the desk with them.
    await this.#desk.forget(ids);
    if (!handIn) await this.#journal.forget(ids);
    return this.#database.purge([...clean]);
  }

  /** A record made here, on a device that is gone, holds copies of what the device told. */
  #standsOn({ pending }: LocalRecord, gone: ReadonlySet<string>): boolean {
    const [first] = pending;
    const def = first && intentDef(first.type);
    const parsed = def?.deviceOf && def.payload.safeParse(first?.payload);
    return parsed?.success === true && gone.has(def?.deviceOf?.(parsed.data) ?? "");
  }

  async #husk(id: string): Promise<void> {
    const document = await this.#database.records.findOne(id).exec();
    await document?.incrementalModify((current) =>
      current.pending.length > 0 ? { ...current, ...huskOf(current) } : current,
    );
  }
}
