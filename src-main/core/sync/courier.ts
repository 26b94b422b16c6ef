import type { RxCollection } from "rxdb/plugins/core";
import type { Intent } from "#shared/domain/intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import type { PushResponse, Verdict, WireRecord } from "#shared/sync/wire.ts";
import type { Desk } from "../desk/desk.ts";
import { deskItem, type Word, wordOf } from "../desk/desk-item.ts";
import { isHusk, type LocalRecord, type ReplicatedRecord } from "../records/local-record.ts";
import { byIds } from "../records/queries.ts";
import type { Waiting } from "../records/waiting.ts";
import type { Journal } from "./journal.ts";
import type { ServerClient } from "./server-client.ts";

const BATCH = 100;
const TRIES = 5;

/** What came back for one round of intents. */
export interface Delivery {
  /** Ids of the intents that wait no longer, applied or refused. */
  settled: Set<string>;
  records: Map<string, WireRecord>;
  /** Records whose intents were parked: there is no answer for them. */
  parked: Set<string>;
}

/** The server could not be asked: nothing has been decided, everything goes on waiting. */
export class NotDelivered extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** What a courier works with. */
export interface CourierParts {
  server: ServerClient;
  desk: Desk;
  records: RxCollection<LocalRecord>;
  waiting: Waiting;
  journal: Journal;
}

/**
 * Carries intents to the server in the order they were made, over all records together, and brings
 * back verdicts (S2, S4). Refused ones go to the desk before anything else happens (S6). An intent
 * that makes the server fail is tried a few times by itself and then parked, so that the rest flows (S5).
 */
export class Courier {
  readonly #server: ServerClient;
  readonly #desk: Desk;
  readonly #records: RxCollection<LocalRecord>;
  readonly #waiting: Waiting;
  readonly #journal: Journal;
  readonly #tries = new Map<string, number>();

  constructor(parts: CourierParts) {
    this.#server = parts.server;
    this.#desk = parts.desk;
    this.#records = parts.records;
    this.#waiting = parts.waiting;
    this.#journal = parts.journal;
  }

  /**
   * Sends what waits on `rows`, and before it whatever was made earlier on other records: a visit
   * must not arrive before the ticket it belongs to. `signal` breaks it off. Throws
   * {@link NotDelivered}.
   */
  async deliver(rows: readonly ReplicatedRecord[], signal?: AbortSignal): Promise<Delivery> {
    const delivery: Delivery = { settled: new Set(), records: new Map(), parked: new Set() };
    const own = rows.flatMap((row) => row.pending);
    if (own.length === 0) return delivery;
    const last = own.reduce((a, b) => (a.id > b.id ? a : b)).id;
    const others = await this.#waiting.records();
    const waiting = new Map(
      [...others.flatMap((r) => r.pending), ...own]
        .filter((intent) => intent.id <= last)
        .map((intent) => [intent.id, intent]),
    );
    const inOrder = [...waiting.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (let i = 0; i < inOrder.length; i += BATCH) {
      await this.#send(inOrder.slice(i, i + BATCH), delivery, signal);
    }
    return delivery;
  }

  /**
   * Hands in again what was applied before, to a server that may have lost it (S12). Throws
   * {@link NotDelivered}.
   */
  async again(intents: readonly Intent[]): Promise<void> {
    const delivery: Delivery = { settled: new Set(), records: new Map(), parked: new Set() };
    for (let i = 0; i < intents.length; i += BATCH) {
      await this.#send(intents.slice(i, i + BATCH), delivery);
    }
  }

  async #send(intents: readonly Intent[], delivery: Delivery, signal?: AbortSignal): Promise<void> {
    const answer = await this.#server.push(intents, signal);
    if (answer.ok) return this.#settle(intents, answer.value, delivery);
    if (answer.error.code !== "server-failed") throw new NotDelivered(answer.error);
    if (intents.length > 1) {
      // Something in here makes the server fail: find it, and let the others through.
      for (const intent of intents) await this.#send([intent], delivery, signal);
      return;
    }
    const [intent] = intents;
    if (intent === undefined) return;
    const tries = (this.#tries.get(intent.id) ?? 0) + 1;
    this.#tries.set(intent.id, tries);
    if (tries < TRIES) throw new NotDelivered(answer.error);
    const failure = fail("intent-parked", { tries });
    await this.#toDesk(intent, { failure, at: new Date().toISOString(), against: [] });
    delivery.settled.add(intent.id);
    delivery.parked.add(intent.target.id);
  }

  async #settle(
    intents: readonly Intent[],
    answer: PushResponse,
    delivery: Delivery,
  ): Promise<void> {
    const byId = new Map(intents.map((intent) => [intent.id, intent]));
    const gone = new Set(answer.records.filter((r) => r.data === null).map((r) => r.id));
    for (const verdict of answer.verdicts) {
      const intent = byId.get(verdict.intentId);
      if (intent === undefined) continue;
      await this.#note(intent, verdict, gone.has(intent.target.id));
      delivery.settled.add(intent.id);
      this.#tries.delete(intent.id);
    }
    // Also what is handed in again may be of a record that has left since.
    if (gone.size > 0) await this.#journal.forget(gone);
    await this.#remember(
      intents.filter((intent) => !gone.has(intent.target.id)),
      answer,
    );
    for (const record of answer.records) delivery.records.set(record.id, record);
  }

  /** What was done to a record that may no longer be seen is not kept (S9). */
  async #remember(intents: readonly Intent[], answer: PushResponse): Promise<void> {
    const applied = new Set(
      answer.verdicts.filter((v) => v.status === "applied").map((v) => v.intentId),
    );
    const held = await byIds(
      this.#records,
      intents.map((intent) => intent.target.id),
    );
    const isSeen = (id: string) => {
      const record = held.get(id);
      return record !== undefined && !isHusk(record);
    };
    await this.#journal.keep(
      intents.filter((intent) => applied.has(intent.id) && isSeen(intent.target.id)),
      answer.serverTime,
    );
  }

  async #note(intent: Intent, verdict: Verdict, gone: boolean): Promise<void> {
    const word = wordOf(verdict);
    if (word !== null) await this.#toDesk(intent, word, gone);
    // Whatever became of it, it stands for what it mends: that is not to be sent a second time.
    if (intent.mends !== null) await this.#desk.mended(intent.mends);
  }

  async #toDesk(intent: Intent, word: Word, gone = false): Promise<void> {
    await this.#desk.put(await deskItem(this.#records, intent, word, gone));
  }
}
