import type { RxCollection, RxDocument } from "rxdb/plugins/core";
import type { Intent } from "#shared/domain/intent.ts";
import { intentDef } from "#shared/domain/registry.ts";
import { type Failure, fail } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { IntentMaker } from "../intents/make.ts";
import { withoutSeen } from "./desk-item.ts";
import type { DeskDecision, DeskRow } from "./desk-row.ts";

type Done = Result<Record<never, never>, Failure>;

/** Soonest owed first; what nothing is owed for last; among equals the latest decided first. */
const byDue = (a: DeskItem, b: DeskItem): number =>
  (a.due ?? Number.POSITIVE_INFINITY) === (b.due ?? Number.POSITIVE_INFINITY)
    ? b.decidedAt.localeCompare(a.decidedAt)
    : (a.due ?? Number.POSITIVE_INFINITY) - (b.due ?? Number.POSITIVE_INFINITY);

/**
 * The Needs-attention desk: changes that were refused, or that replaced a value their maker had not
 * seen, whole, until a person decides (S6). What was decided is kept until the server has noted it.
 */
export class Desk {
  readonly #rows: RxCollection<DeskRow>;
  /** One act at a time: a change that is sent again twice at once is made once. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(rows: RxCollection<DeskRow>) {
    this.#rows = rows;
  }

  /** Puts a change on the desk, durably. One that lies there, or was decided, stays as it is. */
  async put(item: DeskItem): Promise<void> {
    await this.#rows.insertIfNotExists({ id: item.id, item, decision: null });
  }

  /** What waits for a person: soonest owed first. */
  async list(): Promise<DeskItem[]> {
    const rows = await this.#all();
    return rows.flatMap(({ item, decision }) => (decision === null ? [item] : [])).sort(byDue);
  }

  /** Hears that the desk has changed. */
  get changed$() {
    return this.#rows.$;
  }

  /**
   * Makes the change anew, mended or as it was; it leaves the desk once that is kept. A crash
   * between the two leaves both: {@link reconcile} takes the old one away.
   */
  resend(
    id: string,
    payload: Record<string, unknown> | null,
    maker: Pick<IntentMaker, "make">,
  ): Promise<Done> {
    return this.#turn(id, async ({ intent }) => {
      const made = await maker.make({
        type: intent.type,
        targetId: intentDef(intent.type)?.creates ? null : intent.target.id,
        payload: payload ?? intent.payload,
        mends: id,
      });
      if (!made.ok) return made;
      await this.mended(id);
      return ok({});
    });
  }

  /**
   * Takes a change off the desk for good: a refused one is discarded, an applied one kept as it is.
   * `reason` and the time, `at`, are kept with it until the server has them in its log.
   */
  discard(id: string, reason: string, at: Date): Promise<Done> {
    return this.#turn(id, async (item) => {
      const decision: DeskDecision = {
        intentId: id,
        decision: item.failure === null ? "kept" : "discarded",
        reason,
        at: at.toISOString(),
      };
      const row = await this.#rows.findOne(id).exec();
      // What was seen is of no use to the log, and so not kept for it (S9).
      await row?.incrementalPatch({ decision, item: withoutSeen(item) });
      return ok({});
    });
  }

  /** The change has been made anew: the new one stands for it now. */
  async mended(id: string): Promise<void> {
    const row = await this.#rows.findOne(id).exec();
    if (row !== null) await this.#erase([row]);
  }

  /** Takes away what `pending` makes anew: the core stopped between making it and clearing up. */
  async reconcile(pending: readonly Intent[]): Promise<void> {
    for (const { mends } of pending) if (mends !== null) await this.mended(mends);
  }

  /** What people decided that the server has not noted yet, in the order of the changes. */
  async decided(): Promise<DeskDecision[]> {
    const rows = await this.#all();
    return rows
      .flatMap(({ decision }) => (decision === null ? [] : [decision]))
      .sort((a, b) => (a.intentId < b.intentId ? -1 : 1));
  }

  /** The server has these decisions in its log: nothing of them is kept here any longer. */
  async noted(ids: readonly string[]): Promise<void> {
    const rows = await this.#rows.findByIds([...ids]).exec();
    await this.#erase([...rows.values()].filter(({ decision }) => decision !== null));
  }

  /**
   * Forgets what was seen of records that are no longer this account's to hold (S9). What stays is
   * what the person wrote and wanted, and why it was refused.
   */
  async forget(recordIds: ReadonlySet<string>): Promise<void> {
    for (const row of await this.#rows.find().exec()) {
      // What was made on a device tells of that device.
      const { deviceId, intent } = row.item;
      if (recordIds.has(intent.target.id) || (deviceId !== null && recordIds.has(deviceId))) {
        await row.incrementalModify((current) => ({ ...current, item: withoutSeen(current.item) }));
      }
    }
  }

  async #all(): Promise<DeskRow[]> {
    const found = await this.#rows.find().exec();
    return found.map((row) => row.toMutableJSON() as DeskRow);
  }

  /** Removed rows leave no bytes behind, where RxDB would keep them marked as deleted. */
  async #erase(rows: readonly RxDocument<DeskRow>[]): Promise<void> {
    if (rows.length === 0) return;
    for (const row of rows) await row.incrementalRemove();
    await this.#rows.storageInstance.cleanup(0);
  }

  #turn(id: string, act: (item: DeskItem) => Promise<Done>): Promise<Done> {
    const turn = this.#line.then(async () => {
      const row = await this.#rows.findOne(id).exec();
      if (row === null || row.decision !== null) return err(fail("not-found"));
      return act(row.toMutableJSON().item as DeskItem);
    });
    this.#line = turn.catch(() => {});
    return turn;
  }
}
