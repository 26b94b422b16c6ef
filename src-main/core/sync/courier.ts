import type { RxCollection } from "rxdb/plugins/core";
import type { Intent } from "#shared/domain/intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import type { PushResponse, Verdict, WireRecord } from "#shared/sync/wire.ts";
import type { Desk } from "../desk/desk.ts";
import type { LocalRecord, ReplicatedRecord } from "../records/local-record.ts";
import type { Waiting } from "../records/waiting.ts";
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
  readonly #tries = new Map<string, number>();

  constructor(
    server: ServerClient,
    desk: Desk,
    records: RxCollection<LocalRecord>,
    waiting: Waiting,
  ) {
    this.#server = server;
    this.#desk = desk;
    this.#records = records;
    this.#waiting = waiting;
  }

  /**
   * Sends what waits on `rows`, and before it whatever was made earlier on other records: a visit
   * must not arrive before the ticket it belongs to. Throws {@link NotDelivered}.
   */
  async deliver(rows: readonly ReplicatedRecord[]): Promise<Delivery> {
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
      await this.#send(inOrder.slice(i, i + BATCH), delivery);
    }
    return delivery;
  }

  async #send(intents: readonly Intent[], delivery: Delivery): Promise<void> {
    const answer = await this.#server.push(intents);
    if (answer.ok) return this.#settle(intents, answer.value, delivery);
    if (answer.error.code !== "server-failed") throw new NotDelivered(answer.error);
    if (intents.length > 1) {
      // Something in here makes the server fail: find it, and let the others through.
      for (const intent of intents) await this.#send([intent], delivery);
      return;
    }
    const [intent] = intents;
    if (intent === undefined) return;
    const tries = (this.#tries.get(intent.id) ?? 0) + 1;
    this.#tries.set(intent.id, tries);
    if (tries < TRIES) throw new NotDelivered(answer.error);
    await this.#toDesk(intent, fail("intent-parked", { tries }), new Date().toISOString());
    delivery.settled.add(intent.id);
    delivery.parked.add(intent.target.id);
  }

  async #settle(
    intents: readonly Intent[],
    answer: PushResponse,
    delivery: Delivery,
  ): Promise<void> {
    const byId = new Map(intents.map((intent) => [intent.id, intent]));
    for (const verdict of answer.verdicts) {
      const intent = byId.get(verdict.intentId);
      if (intent === undefined) continue;
      await this.#note(intent, verdict);
      delivery.settled.add(intent.id);
      this.#tries.delete(intent.id);
    }
    for (const record of answer.records) delivery.records.set(record.id, record);
  }

  async #note(intent: Intent, verdict: Verdict): Promise<void> {
    if (verdict.status === "refused") await this.#toDesk(intent, verdict.failure, verdict.at);
  }

  async #toDesk(intent: Intent, failure: Failure, at: string): Promise<void> {
    const about = intent.payload.deviceId;
    const ids = [intent.target.id, ...(typeof about === "string" ? [about] : [])];
    const found = await this.#records.storageInstance.findDocumentsById(ids, true);
    const data = found[0]?.data as
      | { customerName?: string; title?: string; name?: string }
      | undefined;
    await this.#desk.put(intent, failure, at, {
      customerName: data?.customerName ?? null,
      subject: data?.title ?? data?.name ?? null,
    });
  }
}
