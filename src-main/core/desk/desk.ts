import type { RxCollection } from "rxdb/plugins/core";
import type { Intent } from "#shared/domain/intent.ts";
import { intentDef } from "#shared/domain/registry.ts";
import { type Failure, fail } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { IntentMaker } from "../intents/make.ts";

/** What a refused change was about, in words that outlive the record. */
export interface Subject {
  customerName: string | null;
  subject: string | null;
}

/** The Needs-attention desk: refused changes, whole, until a person decides (S6). */
export class Desk {
  readonly #items: RxCollection<{ id: string; item: DeskItem }>;

  constructor(items: RxCollection<{ id: string; item: DeskItem }>) {
    this.#items = items;
  }

  /** Puts a refused intent on the desk, durably. One that lies there already stays as it is. */
  async put(intent: Intent, failure: Failure, refusedAt: string, about: Subject): Promise<void> {
    const item: DeskItem = {
      id: intent.id,
      intent,
      failure,
      decidedAt: refusedAt,
      customerId: null,
      tier: null,
      due: null,
      mine: {},
      against: [],
      ...about,
    };
    await this.#items.incrementalUpsert({ id: intent.id, item });
  }

  /** Everything on the desk, the latest first. */
  async list(): Promise<DeskItem[]> {
    const found = await this.#items.find().exec();
    return found
      .map((document) => document.toJSON().item as DeskItem)
      .sort((a, b) => b.decidedAt.localeCompare(a.decidedAt));
  }

  /** Hears that the desk has changed. */
  get changed$() {
    return this.#items.$;
  }

  /** Makes the change anew, mended or as it was; it leaves the desk when that is kept. */
  async resend(
    id: string,
    payload: Record<string, unknown> | null,
    maker: IntentMaker,
  ): Promise<Result<Record<never, never>, Failure>> {
    const found = await this.#items.findOne(id).exec();
    if (found === null) return err(fail("not-found"));
    const { intent } = found.toJSON().item as DeskItem;
    const made = await maker.make({
      type: intent.type,
      targetId: intentDef(intent.type)?.creates ? null : intent.target.id,
      payload: payload ?? intent.payload,
      mends: id,
    });
    if (!made.ok) return made;
    await found.incrementalRemove();
    return ok({});
  }

  /** Takes a refused change off the desk for good. */
  async discard(id: string): Promise<Result<Record<never, never>, Failure>> {
    const found = await this.#items.findOne(id).exec();
    if (found === null) return err(fail("not-found"));
    await found.incrementalRemove();
    return ok({});
  }
}
